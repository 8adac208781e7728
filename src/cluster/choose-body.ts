import type { Candidate } from '../domain/article.ts';

const MOST_CHARACTERS = 1_000;

/** The opening of an article below its title: news says what happened first, and equal lengths compare best. */
export function chooseBody(article: Pick<Candidate, 'summary' | 'text'>): string {
  const longest = article.text.length > article.summary.length ? article.text : article.summary;
  return longest.slice(0, MOST_CHARACTERS);
}
