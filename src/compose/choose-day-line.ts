import type { Candidate } from '../domain/article.ts';
import { countWords } from './count-words.ts';
import { listSentences } from './list-sentences.ts';

const LEAST_WORDS = 8;
const MOST_WORDS = 30;

/** The day in a line: the shortest opening sentence among the reports of the big story that is not printed there already; null when none fits. */
export function chooseDayLine(articles: readonly Candidate[], printed: string): string | null {
  const openings = articles
    .flatMap((article) => listSentences(article).slice(0, 1))
    .filter((sentence) => !printed.includes(sentence))
    .map((sentence) => ({ sentence, words: countWords(sentence) }))
    .filter(({ words }) => words >= LEAST_WORDS && words <= MOST_WORDS)
    .sort((a, b) => a.words - b.words);
  return openings[0]?.sentence ?? null;
}
