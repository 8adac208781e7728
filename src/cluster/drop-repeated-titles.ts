import type { Candidate } from '../domain/article.ts';
import { chooseBody } from './choose-body.ts';
import { listRepeated } from './list-repeated.ts';

const LEAST_TEXTS_OF_OUTLET = 3;
const LEAST_TEXTS = 6;

/**
 * Empties the titles that stand over many different texts, fewer within one outlet: a column's name ("Morning briefing") in any language.
 * Where such an article has no text, its title may join it to nothing.
 */
export function dropRepeatedTitles(articles: readonly Candidate[]): readonly Candidate[] {
  const titles = articles.map(({ title }) => title);
  const repeated = listRepeated(titles, LEAST_TEXTS_OF_OUTLET);
  const suspects = articles.filter(({ title }) => repeated.has(title));
  const texts = new Map<string, Set<string>>();
  for (const article of suspects) {
    const body = chooseBody(article);
    addText(texts, markTitle(article), body || article.key);
    if (body !== '') addText(texts, article.title, body);
  }
  const emptied = new Set(
    suspects.filter((article) => {
      const within = texts.get(markTitle(article))?.size ?? 0;
      const anywhere = texts.get(article.title)?.size ?? 0;
      return within >= LEAST_TEXTS_OF_OUTLET || anywhere >= LEAST_TEXTS;
    }),
  );
  return articles.map((article) => (emptied.has(article) ? { ...article, title: '' } : article));
}

/** An article whose outlet is not known has no outlet to repeat itself in. */
function markTitle({ outlet, key, title }: Candidate): string {
  return `${outlet.key === '' ? key : outlet.key}\n${title}`;
}

function addText(texts: Map<string, Set<string>>, mark: string, text: string): void {
  const known = texts.get(mark);
  if (known) known.add(text);
  else texts.set(mark, new Set([text]));
}
