import { listTerms } from './list-terms.ts';
import type { WireBlock } from './wire-block.ts';

/** The terms of one block with their weights, and the sum of these. */
interface WeighedTerms {
  readonly weights: ReadonlyMap<string, number>;
  readonly total: number;
}

/** The weighed terms of every block of a page. */
export type TermIndex = ReadonlyMap<WireBlock, WeighedTerms>;

/** As if the page had this many further blocks without the term, so that short pages can be weighed at all. */
const UNSEEN_BLOCKS = 8;
const NOTHING: WeighedTerms = { weights: new Map(), total: 0 };

/** Weighs the names and long words of each block by their rarity on the page (inverse document frequency). */
export function indexTerms(blocks: readonly WireBlock[]): TermIndex {
  const terms = new Map(blocks.map((block) => [block, listTerms(block.text)]));
  const counts = new Map<string, number>();
  for (const list of terms.values())
    for (const term of list.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weigh = (list: ReadonlyMap<string, number>): WeighedTerms => {
    const weights = new Map<string, number>();
    let total = 0;
    for (const [term, weight] of list) {
      const rarity = Math.log((terms.size + UNSEEN_BLOCKS) / (counts.get(term) ?? 1));
      weights.set(term, weight * rarity);
      total += weight * rarity;
    }
    return { weights, total };
  };
  return new Map([...terms].map(([block, list]) => [block, weigh(list)]));
}

/** How much a block has in common with others, from 0 to 1: the weight of the terms they share over the geometric mean of what both sides hold. */
export function measureOverlap(
  index: TermIndex,
  block: WireBlock,
  others: readonly WireBlock[],
): number {
  const mine = index.get(block) ?? NOTHING;
  const theirs = others.map((other) => index.get(other) ?? NOTHING);
  let shared = 0;
  for (const [term, weight] of mine.weights) {
    const their = Math.max(0, ...theirs.map(({ weights }) => weights.get(term) ?? 0));
    if (their > 0) shared += Math.max(weight, their);
  }
  if (shared === 0) return 0;
  const most = Math.max(...theirs.map(({ total }) => total));
  return Math.min(1, shared / Math.sqrt(mine.total * most));
}
