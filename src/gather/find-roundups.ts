import { opensReport } from './continues-report.ts';
import { measureOverlap, type TermIndex } from './measure-overlap.ts';
import type { WireBlock } from './wire-block.ts';

/** Overlap below which a paragraph has nothing to do with another. */
export const UNRELATED = 1;

/** A run of paragraphs is a round-up when at least this many, and this share, of them open a report of their own. */
const LEAST_OPENINGS = 2;
const LEAST_SHARE = 0.2;

/**
 * The blocks below whose headline, or on a page without any, one report follows another.
 * Where that is not so, all paragraphs below a headline are one report, even those that share few words.
 */
export function findRoundups(
  blocks: readonly WireBlock[],
  terms: TermIndex,
): ReadonlySet<WireBlock> {
  return new Set(
    splitRuns(blocks)
      .filter((run) => isRoundup(run, terms))
      .flat(),
  );
}

/** The paragraphs between one headline and the next. */
function splitRuns(blocks: readonly WireBlock[]): readonly (readonly WireBlock[])[] {
  const runs: WireBlock[][] = [[]];
  for (const block of blocks)
    if (block.role === 'headline') runs.push([]);
    else runs.at(-1)?.push(block);
  return runs;
}

function isRoundup(run: readonly WireBlock[], terms: TermIndex): boolean {
  const bodies = run.filter((block) => block.role === 'body');
  const openings = bodies.filter(
    (block, index) =>
      index > 0 &&
      opensReport(block.text) &&
      measureOverlap(terms, block, bodies.slice(Math.max(0, index - 2), index)) < UNRELATED,
  );
  return openings.length >= Math.max(LEAST_OPENINGS, LEAST_SHARE * (bodies.length - 1));
}
