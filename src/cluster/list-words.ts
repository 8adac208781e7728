const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const UNSPACED_SCRIPT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The words of a text in order, lower case, without possessive endings and the dots of abbreviations. */
export function listWords(text: string): string[] {
  if (UNSPACED_SCRIPT.test(text)) return segmentWords(text);
  return joinAbbreviations(text.toLowerCase()).match(WORD) ?? [];
}

/** "u.s." is one word, and so is "trump's"; left alone they would fall apart into single letters. */
function joinAbbreviations(text: string): string {
  return text.replace(/\.(?<=\b\p{L}\.)(?=\p{L}\b)/gu, '').replace(/['’]s?\b/gu, '');
}

function segmentWords(text: string): string[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text.toLowerCase()))
    if (isWordLike) words.push(segment);
  return words;
}
