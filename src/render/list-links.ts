import { listIssueStories, type IssueDocument } from '../domain/issue.ts';
import { cleanLink } from './clean-text.ts';
import type { Reception } from './compose-welcome.ts';

/** So many sources of a story are named. */
export const NAMED_SOURCES = 3;

/** Every page the mail names, once, in printed order. */
export function listLinks({
  document,
  catchUp = [],
}: { readonly document: IssueDocument } & Pick<Reception, 'catchUp'>): readonly string[] {
  const { numberOfTheDay: number, quoteOfTheDay: quote } = document;
  const sources = listIssueStories(document)
    .flatMap((story) => story.sources.slice(0, NAMED_SOURCES))
    .concat(number ? [number.source] : [])
    .concat(quote ? [quote.source] : []);
  const urls = [...sources, ...catchUp].map(({ url }) => cleanLink(url));
  return [...new Set(urls.filter(Boolean))];
}
