import type { Cluster } from './join-points.ts';
import type { Point } from './measure-likeness.ts';
import type { WeighedArticles } from './weigh-articles.ts';

const MOST_KEYWORDS = 8;

/** The heaviest words of a cluster that at least two of its articles have, best first; of a lone article its own heaviest. */
export function chooseKeywords(
  cluster: Cluster,
  points: readonly Point[],
  words: WeighedArticles['words'],
): readonly string[] {
  const counts = countTerms(cluster.members.map((member) => points[member]));
  const leastArticles = Math.min(2, cluster.members.length);
  const { ids, weights } = cluster.mean.vector;
  return Array.from(ids, (id, place) => ({ id, weight: weights[place] ?? 0 }))
    .filter(({ id }) => (counts.get(id) ?? 0) >= leastArticles)
    .sort((a, b) => b.weight - a.weight || a.id - b.id)
    .flatMap(({ id }) => words[id] ?? [])
    .filter((word) => /\p{L}/u.test(word))
    .slice(0, MOST_KEYWORDS);
}

function countTerms(points: readonly (Point | undefined)[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const point of points)
    for (const id of point?.vector.ids ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
