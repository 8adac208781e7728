import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import type { Background } from './compile-background.ts';
import { chooseKeywords } from './choose-keywords.ts';
import { dropRepeatedBodies } from './drop-repeated-bodies.ts';
import { dropRepeatedTitles } from './drop-repeated-titles.ts';
import { findNeighbours } from './find-neighbours.ts';
import { foldCopies } from './fold-copies.ts';
import { joinPoints } from './join-points.ts';
import { compareByTime, makeStory } from './make-story.ts';
import { weighArticles, type WeighedArticles } from './weigh-articles.ts';

/** Mean likeness from which two groups of articles are about one event; chosen on a labelled day of some seventy feeds. */
export const CUT = 0.21;

/** How words are read where the language could not be told. Such articles still join only each other. */
const LIKELY_LANGUAGE = 'en';

/**
 * Puts every article into exactly one story, whatever order they come in; articles of different languages never meet.
 * `background` says how common words are beyond these articles.
 */
export function clusterArticles(
  articles: readonly Candidate[],
  background: Background = new Map(),
): readonly Story[] {
  return [...groupByLanguage(articles)].flatMap(([language, group]) =>
    clusterLanguage(group, language, background),
  );
}

/** The articles of each language, once each, in order of time. */
export function groupByLanguage(
  articles: readonly Candidate[],
): ReadonlyMap<string | null, readonly Candidate[]> {
  const unique = new Map(articles.map((article) => [article.key, article]));
  const inOrder = [...unique.values()].sort(compareByTime);
  return Map.groupBy(inOrder, (article) => article.language);
}

function clusterLanguage(
  articles: readonly Candidate[],
  language: string | null,
  background: Background,
): readonly Story[] {
  const { groups, points, frequencies, words } = weighGroups(articles, language, background);
  const pairs = findNeighbours(points, { frequencies, cut: CUT });
  return joinPoints(points, pairs, CUT).map((cluster) => {
    const members = cluster.members.flatMap((member) => groups[member] ?? []);
    return makeStory(members, chooseKeywords(cluster, points, words));
  });
}

/** What is compared of the articles of one language, in order of time: a point for each group of copies. */
export function weighGroups(
  articles: readonly Candidate[],
  language: string | null,
  background: Background,
): WeighedArticles & { readonly groups: readonly (readonly Candidate[])[] } {
  const read = language ?? LIKELY_LANGUAGE;
  const titled = dropRepeatedBodies(articles);
  const byKey = new Map(titled.map((article) => [article.key, article]));
  const folded = foldCopies(dropRepeatedTitles(titled));
  const originals = folded.flatMap((group) => group[0] ?? []);
  const groups = folded.map((group) => group.map((article) => byKey.get(article.key) ?? article));
  return { groups, ...weighArticles(originals, read, background.get(read)) };
}
