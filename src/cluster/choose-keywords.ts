import type { Cluster } from './join-points.ts';
import type { Point } from './measure-likeness.ts';
import { hasTerm } from './term-vector.ts';
import type { WeighedArticles } from './weigh-articles.ts';

const MOST_KEYWORDS = 8;
const LETTER = /\p{L}/u;

/** The heaviest words of a cluster that at least two of its articles have, best first; of a lone article its own heaviest. */
export function chooseKeywords(
  cluster: Cluster,
  points: readonly Point[],
  words: WeighedArticles['words'],
): readonly string[] {
  const { ids, weights } = cluster.mean.vector;
  const best: number[] = [];
  for (let place = 0; place < ids.length; place += 1) {
    const weight = weights[place]!;
    if (best.length === MOST_KEYWORDS && weight <= weights[best[MOST_KEYWORDS - 1]!]!) continue;
    const word = words[ids[place]!] ?? '';
    if (!LETTER.test(word) || !isShared(ids[place]!, cluster, points)) continue;
    const rank = best.findIndex((other) => weight > weights[other]!);
    best.splice(rank < 0 ? best.length : rank, 0, place);
    best.length = Math.min(best.length, MOST_KEYWORDS);
  }
  return best.flatMap((place) => words[ids[place]!] ?? []);
}

function isShared(id: number, { members }: Cluster, points: readonly Point[]): boolean {
  if (members.length === 1) return true;
  let count = 0;
  for (const member of members) {
    if (hasTerm(points[member]!.vector, id)) count += 1;
    if (count === 2) return true;
  }
  return false;
}
