import { listTerms } from './list-terms.ts';
import type { WireBlock } from './wire-block.ts';

/** The terms of a page: of each block, and in how many blocks each term occurs. */
export interface TermIndex {
  readonly ofBlock: ReadonlyMap<WireBlock, ReadonlyMap<string, number>>;
  readonly blocksWith: ReadonlyMap<string, number>;
}

/** As if the page had this many further blocks without the term, so that short pages can be weighed at all. */
const UNSEEN_BLOCKS = 8;
const NO_TERMS: ReadonlyMap<string, number> = new Map();

/** Counts the terms of a page once, for many calls of measureOverlap. */
export function indexTerms(blocks: readonly WireBlock[]): TermIndex {
  const ofBlock = new Map(blocks.map((block) => [block, listTerms(block.text)]));
  const blocksWith = new Map<string, number>();
  for (const terms of ofBlock.values())
    for (const term of terms.keys()) blocksWith.set(term, (blocksWith.get(term) ?? 0) + 1);
  return { ofBlock, blocksWith };
}

/**
 * How much a block has in common with others, from 0 to 1: the names and long words they share, each weighed by its rarity
 * on the page (inverse document frequency), over the geometric mean of what both sides hold.
 */
export function measureOverlap(
  index: TermIndex,
  block: WireBlock,
  others: readonly WireBlock[],
): number {
  const theirs = others.map((other) => index.ofBlock.get(other) ?? NO_TERMS);
  let shared = 0;
  for (const [term, weight] of index.ofBlock.get(block) ?? NO_TERMS) {
    const their = Math.max(0, ...theirs.map((terms) => terms.get(term) ?? 0));
    if (their > 0) shared += Math.max(weight, their) * weighRarity(index, term);
  }
  if (shared === 0) return 0;
  const most = Math.max(...theirs.map((terms) => weighAll(index, terms)));
  return Math.min(
    1,
    shared / Math.sqrt(weighAll(index, index.ofBlock.get(block) ?? NO_TERMS) * most),
  );
}

function weighAll(index: TermIndex, terms: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [term, weight] of terms) sum += weight * weighRarity(index, term);
  return sum;
}

function weighRarity({ ofBlock, blocksWith }: TermIndex, term: string): number {
  return Math.log((ofBlock.size + UNSEEN_BLOCKS) / (blocksWith.get(term) ?? 1));
}
