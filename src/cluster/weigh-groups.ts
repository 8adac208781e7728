import type { Candidate } from '../domain/article.ts';
import type { Background } from './compile-background.ts';
import { dropRepeatedBodies } from './drop-repeated-bodies.ts';
import { dropRepeatedTitles } from './drop-repeated-titles.ts';
import { foldCopies } from './fold-copies.ts';
import { compareByTime } from './make-story.ts';
import { weighArticles, type WeighedArticles } from './weigh-articles.ts';

/** How words are read where the language could not be told. Such articles still join only each other. */
const LIKELY_LANGUAGE = 'en';

/** The articles of one language as they are compared; each group is copies of one text, the first its original. */
export interface Weighed extends WeighedArticles {
  readonly groups: readonly (readonly Candidate[])[];
}

/** The articles of each language, once each, in order of time. */
export function groupByLanguage(
  articles: readonly Candidate[],
): ReadonlyMap<string | null, readonly Candidate[]> {
  const unique = new Map(articles.map((article) => [article.key, article]));
  const inOrder = [...unique.values()].sort(compareByTime);
  return Map.groupBy(inOrder, (article) => article.language);
}

/** What is compared of the articles of one language, in order of time: a point for each group of copies. */
export function weighGroups(
  articles: readonly Candidate[],
  language: string | null,
  background: Background,
): Weighed {
  const read = language ?? LIKELY_LANGUAGE;
  const titled = dropRepeatedBodies(articles);
  const byKey = new Map(titled.map((article) => [article.key, article]));
  const folded = foldCopies(dropRepeatedTitles(titled));
  const originals = folded.flatMap((group) => group[0] ?? []);
  const groups = folded.map((group) => group.map((article) => byKey.get(article.key) ?? article));
  return { groups, ...weighArticles(originals, read, background.get(read)) };
}
