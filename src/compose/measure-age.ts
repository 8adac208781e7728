import type { Candidate } from '../domain/article.ts';
import { HOUR } from '../domain/instant.ts';

/** Measures how many hours an article is older than the newest of its story; 0 for one without a date of its own. */
export function measureAge(
  articles: readonly Candidate[],
): (article: Candidate | undefined) => number {
  const dated = articles.filter(({ isDateGuessed }) => !isDateGuessed);
  const newest = Math.max(...dated.map(({ publishedAt }) => Date.parse(publishedAt)));
  return (article) => {
    if (!article || article.isDateGuessed) return 0;
    return Math.max(0, (newest - Date.parse(article.publishedAt)) / HOUR);
  };
}
