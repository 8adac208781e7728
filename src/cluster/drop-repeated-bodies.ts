import type { Candidate } from '../domain/article.ts';
import { chooseBody } from './choose-body.ts';
import { listRepeated } from './list-repeated.ts';

const LEAST_TITLES = 3;

/** Empties the bodies that an outlet repeats under three or more titles: they are about the outlet ("All the news from …"), not about the events. */
export function dropRepeatedBodies(articles: readonly Candidate[]): readonly Candidate[] {
  const repeated = listRepeated(articles.map(chooseBody), LEAST_TITLES);
  const suspects = articles.filter((article) => repeated.has(chooseBody(article)));
  const titles = new Map<string, Set<string>>();
  for (const article of suspects) {
    const mark = markBody(article);
    titles.set(mark, (titles.get(mark) ?? new Set()).add(article.title));
  }
  const emptied = new Set(
    suspects.filter((article) => {
      const isRepeated = (titles.get(markBody(article))?.size ?? 0) >= LEAST_TITLES;
      return isRepeated && article.outlet.key !== '';
    }),
  );
  return articles.map((article) =>
    emptied.has(article) ? { ...article, summary: '', text: '' } : article,
  );
}

function markBody(article: Candidate): string {
  return `${article.outlet.key}\n${chooseBody(article)}`;
}
