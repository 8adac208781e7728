import { matchVectors, mixVectors, type Vector } from './term-vector.ts';

const FADE_DAYS = 3;
/** One outlet seldom writes two articles about one event that are not nearly the same text. */
const SAME_OUTLET_FACTOR = 0.7;
/** Fewer articles than this may be alike by chance. */
const LEAST_GROUP = 3;
const LEAST_SHARE_OF_COHESION = 0.78;
/** Bare headlines are alike within because they repeat each other's words. */
const LEAST_SHARE_OF_BARE_COHESION = 0.4;
/** Up to here an article is little more than its headline. */
const BARE = 0.1;

/** An article, or the mean of several, as the clustering sees it. */
export interface Point {
  readonly vector: Vector;
  /** How many articles it stands for. */
  readonly articles: number;
  /** Mean product over all pairs of its articles; 0 for one alone. */
  readonly cohesion: number;
  /** How much there is to compare: 0 for a bare headline, 1 for a whole opening. */
  readonly fullness: number;
  /** Days since 1970. */
  readonly day: number;
  /** Share of each outlet key in it; empty when the outlet is not known. */
  readonly outlets: ReadonlyMap<string, number>;
}

/**
 * How alike two points are: the mean product of their articles, faded by the days between them, less within one outlet.
 * Two groups that are each much more alike within than with the other are two events that look alike: 0.
 * `product` is that of their vectors, for who has it already.
 */
export function measureLikeness(
  a: Point,
  b: Point,
  product = matchVectors(a.vector, b.vector),
): number {
  if (isSetApart(a, b, product)) return 0;
  const distrust = (1 - SAME_OUTLET_FACTOR) * measureSharedOutlets(a, b);
  return product * fadeWithTime(a.day - b.day) * (1 - distrust);
}

function isSetApart(a: Point, b: Point, product: number): boolean {
  return (
    Math.min(a.articles, b.articles) >= LEAST_GROUP &&
    product < chooseShareOfCohesion(a, b) * Math.min(a.cohesion, b.cohesion)
  );
}

function chooseShareOfCohesion(a: Point, b: Point): number {
  return isBare(a) && isBare(b) ? LEAST_SHARE_OF_BARE_COHESION : LEAST_SHARE_OF_COHESION;
}

/** True of articles that are little more than their headlines. */
export function isBare({ fullness }: Point): boolean {
  return fullness < BARE;
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

/** The mean of two points, each as weighty as it has articles. */
export function mixPoints(a: Point, b: Point): Point {
  const articles = a.articles + b.articles;
  const share = b.articles / articles;
  const outlets = new Map<string, number>();
  for (const [outlet, part] of a.outlets) outlets.set(outlet, part * (1 - share));
  for (const [outlet, part] of b.outlets)
    outlets.set(outlet, (outlets.get(outlet) ?? 0) + part * share);
  return {
    vector: mixVectors(a.vector, b.vector, share),
    articles,
    cohesion: mixCohesion(a, b),
    fullness: a.fullness * (1 - share) + b.fullness * share,
    day: a.day * (1 - share) + b.day * share,
    outlets,
  };
}

function mixCohesion(a: Point, b: Point): number {
  const [inside, outside] = [countPairs(a) + countPairs(b), a.articles * b.articles];
  const sum = a.cohesion * countPairs(a) + b.cohesion * countPairs(b);
  return (sum + outside * matchVectors(a.vector, b.vector)) / (inside + outside);
}

function countPairs({ articles }: Point): number {
  return (articles * (articles - 1)) / 2;
}
