import stopWords from 'stopwords-iso' with { type: 'json' };

const SHORTEST = 3;
/** A plain stem that serves every language: "prisoner" and "prisoners" are one. */
const ROOT = 6;

const PLURAL = /(?<=\p{L}{3})s$/u;

const known = new Map<string, ReadonlySet<string>>();

/** What a text is about: its words but the common ones, each cut to its first letters, each once. */
export function listRoots(text: string, language: string | null): ReadonlySet<string> {
  const common = chooseCommonWords(language?.slice(0, 2) ?? 'en');
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => word.length >= SHORTEST && !common.has(word));
  return new Set(telling.map((word) => word.replace(PLURAL, '').slice(0, ROOT)));
}

function chooseCommonWords(language: string): ReadonlySet<string> {
  const found = known.get(language);
  if (found) return found;
  const words: ReadonlySet<string> = new Set((stopWords as Record<string, string[]>)[language]);
  known.set(language, words);
  return words;
}
