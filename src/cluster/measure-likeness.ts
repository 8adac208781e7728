import { mixVectors, multiplyVectors, type Vector } from './term-vector.ts';

const FADE_DAYS = 3;
/** One outlet seldom writes two articles about one event that are not nearly the same text. */
const SAME_OUTLET_FACTOR = 0.7;

/** An article, or the mean of several, as the clustering sees it. */
export interface Point {
  readonly vector: Vector;
  /** Days since 1970. */
  readonly day: number;
  /** Share of each outlet key in it; empty when the outlet is not known. */
  readonly outlets: ReadonlyMap<string, number>;
}

/** How alike two points are, 0 to 1: their cosine, faded by the days between them, less within one outlet. */
export function measureLikeness(a: Point, b: Point): number {
  const distrust = (1 - SAME_OUTLET_FACTOR) * measureSharedOutlets(a, b);
  return multiplyVectors(a.vector, b.vector) * fadeWithTime(a.day - b.day) * (1 - distrust);
}

/** What remains of a likeness over so many days: 0.61 after three, 0.14 after six. */
export function fadeWithTime(days: number): number {
  return Math.exp(-((days / FADE_DAYS) ** 2) / 2);
}

/** How likely one article of each, taken at random, are from the same outlet. */
function measureSharedOutlets(a: Point, b: Point): number {
  let chance = 0;
  for (const [outlet, share] of a.outlets) chance += share * (b.outlets.get(outlet) ?? 0);
  return chance;
}

/** The weighted mean of two points: `share` of the second, the rest of the first. */
export function mixPoints(a: Point, b: Point, share: number): Point {
  const outlets = new Map<string, number>();
  for (const [outlet, part] of a.outlets) outlets.set(outlet, part * (1 - share));
  for (const [outlet, part] of b.outlets)
    outlets.set(outlet, (outlets.get(outlet) ?? 0) + part * share);
  return {
    vector: mixVectors(a.vector, b.vector, share),
    day: a.day * (1 - share) + b.day * share,
    outlets,
  };
}
