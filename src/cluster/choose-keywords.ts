import type { Cluster } from './join-points.ts';
import type { Point } from './measure-likeness.ts';
import { hasTerm, takeHeaviest } from './term-vector.ts';
import type { WeighedArticles } from './weigh-articles.ts';

const MOST_KEYWORDS = 8;
/** A story of nothing but figures has no keywords, and is not searched for them to its end. */
const MOST_LOOKS = 1_000;
const LETTER = /\p{L}/u;

/** The heaviest words of a cluster that at least two of its articles have, best first; of a lone article its own heaviest. */
export function chooseKeywords(
  cluster: Cluster,
  points: readonly Point[],
  words: WeighedArticles['words'],
): readonly string[] {
  const { ids, weights } = cluster.mean.vector;
  const left = weights.slice();
  const best: string[] = [];
  for (let look = 0; look < MOST_LOOKS && best.length < MOST_KEYWORDS; look += 1) {
    const place = takeHeaviest(left);
    if (place < 0) break;
    const word = words[ids[place]!] ?? '';
    if (LETTER.test(word) && isShared(ids[place]!, cluster, points)) best.push(word);
  }
  return best;
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
