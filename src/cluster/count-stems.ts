import type { Candidate } from '../domain/article.ts';
import { openTermCounter } from './count-terms.ts';

/** How many of these articles, all in `language`, have each word stem in their titles and openings. */
export function countStems(
  articles: readonly Pick<Candidate, 'title' | 'summary' | 'text'>[],
  language: string,
): ReadonlyMap<string, number> {
  const counter = openTermCounter(language);
  for (const article of articles) counter.countWords(article);
  return new Map(counter.stems.map((stem, id) => [stem ?? '', counter.frequencies[id] ?? 0]));
}
