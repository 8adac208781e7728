import type { Candidate } from '../domain/article.ts';
import { chooseBody } from './choose-body.ts';

const LEAST_TITLES = 3;

/** Empties the bodies that an outlet repeats under three or more titles: they are about the outlet ("All the news from …"), not about the events. */
export function dropRepeatedBodies(articles: readonly Candidate[]): readonly Candidate[] {
  const titles = new Map<string, Set<string>>();
  for (const article of articles) {
    const mark = markBody(article);
    titles.set(mark, (titles.get(mark) ?? new Set()).add(article.title));
  }
  return articles.map((article) => {
    const isRepeated = (titles.get(markBody(article))?.size ?? 0) >= LEAST_TITLES;
    return isRepeated && article.outlet.key !== ''
      ? { ...article, summary: '', text: '' }
      : article;
  });
}

function markBody(article: Candidate): string {
  return `${article.outlet.key}\n${chooseBody(article)}`;
}
