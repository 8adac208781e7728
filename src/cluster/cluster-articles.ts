import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import type { Background } from './compile-background.ts';
import { chooseCut, CUT } from './choose-cut.ts';
import { chooseKeywords } from './choose-keywords.ts';
import { findNeighbours } from './find-neighbours.ts';
import { joinPoints, type Cluster } from './join-points.ts';
import { makeStory } from './make-story.ts';
import { groupByLanguage, weighGroups, type Weighed } from './weigh-groups.ts';

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

function clusterLanguage(
  articles: readonly Candidate[],
  language: string | null,
  background: Background,
): readonly Story[] {
  const weighed = weighGroups(articles, language, background);
  const { groups, points, words } = weighed;
  return joinGroups(weighed).map((cluster) => {
    const members = cluster.members.flatMap((member) => groups[member] ?? []);
    return makeStory(members, chooseKeywords(cluster, points, words));
  });
}

function joinGroups(weighed: Weighed): readonly Cluster[] {
  const { points, frequencies } = weighed;
  const joinAt = (cut: number) =>
    joinPoints(points, findNeighbours(points, { frequencies, cut }), cut);
  const clusters = joinAt(CUT);
  const cut = chooseCut(weighed, clusters);
  return cut === CUT ? clusters : joinAt(cut);
}
