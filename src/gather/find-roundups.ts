import { opensReport } from './continues-report.ts';
import { measureOverlap, type TermIndex } from './measure-overlap.ts';
import type { WireBlock } from './wire-block.ts';

/** Overlap below which a paragraph has nothing to do with another, and below which it probably has not. */
export const UNRELATED = 0.05;
const DOUBTFUL = 0.1;

/** A run of paragraphs is a round-up when at least this many, and this share, of them probably open a report of their own. */
const LEAST_OPENINGS = 3;
const LEAST_SHARE = 0.3;

/**
 * The blocks below whose headline, or on a page without any, one report follows another.
 * Where that is not so, all paragraphs below a headline are one report, even those that share few words.
 */
export function findRoundups(
  blocks: readonly WireBlock[],
  terms: TermIndex,
): ReadonlySet<WireBlock> {
  return new Set(
    splitRuns(blocks, terms)
      .filter((run) => isRoundup(run, terms))
      .flat(),
  );
}

/** The paragraphs between one headline and the next. */
function splitRuns(
  blocks: readonly WireBlock[],
  terms: TermIndex,
): readonly (readonly WireBlock[])[] {
  const runs: WireBlock[][] = [[]];
  blocks.forEach((block, index) => {
    if (isHeadline(block, blocks[index + 1], terms)) runs.push([]);
    else runs.at(-1)?.push(block);
  });
  return runs;
}

/** A line that reads like a headline may be a stray piece of the paragraphs around it. */
function isHeadline(block: WireBlock, next: WireBlock | undefined, terms: TermIndex): boolean {
  if (block.role !== 'headline' || !next) return false;
  return block.level > 0 || measureOverlap(terms, block, [next]) > 0;
}

function isRoundup(run: readonly WireBlock[], terms: TermIndex): boolean {
  const bodies = run.filter((block) => block.role === 'body');
  const others = bodies.length - 1;
  const overlaps = bodies
    .map((block, index) => ({ block, before: bodies.slice(Math.max(0, index - 2), index) }))
    .filter(({ block, before }) => before.length > 0 && opensReport(block.text))
    .map(({ block, before }) => measureOverlap(terms, block, before));
  const openings = overlaps.filter((overlap) => overlap < DOUBTFUL).length;
  const certain = overlaps.filter((overlap) => overlap < UNRELATED).length;
  return certain === others || openings >= Math.max(LEAST_OPENINGS, LEAST_SHARE * others);
}
