import type { Candidate } from '../domain/article.ts';
import { countWords } from './count-words.ts';
import { listSentences } from './list-sentences.ts';

const LEAST_WORDS = 8;
const MOST_WORDS = 30;

/** The day in a line: the shortest opening sentence among the reports of the big story that tells more than what is printed; null when none does. */
export function chooseDayLine(articles: readonly Candidate[], printed: string): string | null {
  const openings = articles
    .flatMap((article) => listSentences(article).slice(0, 1))
    .filter((sentence) => isTellingMore(sentence, printed))
    .map((sentence) => ({ sentence, words: countWords(sentence) }))
    .filter(({ words }) => words >= LEAST_WORDS && words <= MOST_WORDS)
    .sort((a, b) => a.words - b.words);
  return openings[0]?.sentence ?? null;
}

/** Most of its longer words must be new: the same thing in other words is said twice. */
function isTellingMore(sentence: string, printed: string): boolean {
  const known = new Set(listLongWords(printed));
  const words = listLongWords(sentence);
  const repeated = words.filter((word) => known.has(word)).length;
  return repeated * 2 <= words.length;
}

function listLongWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
}
