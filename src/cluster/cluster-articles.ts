import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import type { Background } from './compile-background.ts';
import { chooseKeywords } from './choose-keywords.ts';
import { dropRepeatedBodies } from './drop-repeated-bodies.ts';
import { findNeighbours } from './find-neighbours.ts';
import { foldCopies } from './fold-copies.ts';
import { joinPoints } from './join-points.ts';
import { compareByTime, makeStory } from './make-story.ts';
import { weighArticles } from './weigh-articles.ts';

/** Mean likeness from which two groups of articles are about one event; chosen on a labelled day of some seventy feeds. */
const CUT = 0.31;

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
  const unique = new Map(articles.map((article) => [article.key, article]));
  const inOrder = [...unique.values()].sort(compareByTime);
  const byLanguage = Map.groupBy(inOrder, (article) => article.language);
  return [...byLanguage].flatMap(([language, group]) =>
    clusterLanguage(group, language ?? LIKELY_LANGUAGE, background),
  );
}

function clusterLanguage(
  articles: readonly Candidate[],
  language: string,
  background: Background,
): readonly Story[] {
  const groups = foldCopies(dropRepeatedBodies(articles));
  const originals = groups.flatMap((group) => group[0] ?? []);
  const { points, frequencies, words } = weighArticles(
    originals,
    language,
    background.get(language),
  );
  const pairs = findNeighbours(points, frequencies, CUT);
  return joinPoints(points, pairs, CUT).map((cluster) => {
    const members = cluster.members.flatMap((member) => groups[member] ?? []);
    return makeStory(members, chooseKeywords(cluster, points, words));
  });
}
