const LEAST_LENGTH = 4;
const LEAST_SHARE = 1 / 3;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** True when a text has at least a third of the longer words of a title: a notice about cookies, a login or another article has not. */
export function isTextAbout(text: string, title: string): boolean {
  const words = listWords(title);
  const long = words.filter((word) => word.length >= LEAST_LENGTH);
  const asked = long.length > 0 ? long : words;
  const lower = text.normalize('NFKC').toLowerCase();
  const found = asked.filter((word) => lower.includes(word));
  return found.length >= asked.length * LEAST_SHARE;
}

function listWords(text: string): readonly string[] {
  const segments = [...segmenter.segment(text.normalize('NFKC').toLowerCase())];
  const words = segments.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
  return [...new Set(words)];
}
