import type { Cluster } from './join-points.ts';
import type { Point } from './measure-likeness.ts';
import type { WeighedArticles } from './weigh-articles.ts';

const MOST_KEYWORDS = 8;
const LETTER = /\p{L}/u;

/** The heaviest words of a cluster that at least two of its articles have, best first; of a lone article its own heaviest. */
export function chooseKeywords(
  cluster: Cluster,
  points: readonly Point[],
  words: WeighedArticles['words'],
): readonly string[] {
  const isShared = chooseShared(cluster, points);
  const { ids, weights } = cluster.mean.vector;
  const best: number[] = [];
  for (let place = 0; place < ids.length; place += 1) {
    if (best.length === MOST_KEYWORDS && !isHeavier(weights, place, best.at(-1))) continue;
    const id = ids[place] ?? -1;
    if (!LETTER.test(words[id] ?? '') || !isShared(id)) continue;
    const rank = best.findIndex((other) => isHeavier(weights, place, other));
    best.splice(rank < 0 ? best.length : rank, 0, place);
    best.length = Math.min(best.length, MOST_KEYWORDS);
  }
  return best.flatMap((place) => words[ids[place] ?? -1] ?? []);
}

function isHeavier(weights: Float32Array, place: number, other: number | undefined): boolean {
  return other === undefined || (weights[place] ?? 0) > (weights[other] ?? 0);
}

function chooseShared({ members }: Cluster, points: readonly Point[]): (id: number) => boolean {
  if (members.length === 1) return () => true;
  const counts = countTerms(members.map((member) => points[member]));
  return (id) => (counts.get(id) ?? 0) >= 2;
}

function countTerms(points: readonly (Point | undefined)[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const point of points)
    for (const id of point?.vector.ids ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
