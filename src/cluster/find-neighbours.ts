import { fadeWithTime, measureLikeness, type Point } from './measure-likeness.ts';
import type { Vector } from './term-vector.ts';

const MOST_NEIGHBOURS = 30;
const MOST_TERMS = 24;
/** A term in more articles than this finds no candidates: it is not what sets an event apart, and would cost quadratic time. */
const MOST_POSTINGS = 300;
/** A pair whose telling terms alone do not bring it this far towards the cut is not looked at closely. */
const LEAST_PROMISE = 0.7;

/** Two points by index, and how alike they are. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly likeness: number;
}

/** The points that have a term, in order, and the weight of it in each. */
interface Postings {
  readonly points: number[];
  readonly weights: number[];
}

interface Search {
  readonly points: readonly Point[];
  readonly cut: number;
  /** By term, of the points seen so far; undefined for a term that none of them has. */
  readonly postings: (Postings | undefined)[];
  /** By point, what it shares with the one looked at; all 0 in between. */
  readonly shared: Float64Array;
}

/**
 * The pairs of points at least as alike as `cut`, each pair once; a point brings at most its thirty best among those before it.
 * `points` are in order of time, those before `from` and those after it.
 */
export function findNeighbours(
  points: readonly Point[],
  options: {
    /** How many of the points have a term, by its id. */
    readonly frequencies: readonly number[];
    readonly cut: number;
    /** The first point that looks for others; those before it are only found. */
    readonly from?: number;
  },
): readonly Pair[] {
  const { frequencies, cut, from = 0 } = options;
  const shared = new Float64Array(points.length);
  const postings = Array.from({ length: frequencies.length }, () => undefined);
  const search: Search = { points, cut, postings, shared };
  const pairs: Pair[] = [];
  let oldest = 0;
  for (const [index, point] of points.entries()) {
    const vector = keepTellingTerms(point.vector, frequencies);
    if (index >= from) {
      while (isTooOld(search, point, oldest)) oldest += 1;
      for (const pair of listPairs(search, index, listCandidates(search, vector, oldest)))
        pairs.push(pair);
    }
    addPostings(search, vector, index);
  }
  return pairs;
}

/** So long ago that even the same words would stay below the cut. */
function isTooOld({ points, cut }: Search, point: Point, other: number): boolean {
  return fadeWithTime(point.day - (points[other]?.day ?? 0)) < cut;
}

/** The heaviest terms that some, but not too many, other points have. */
function keepTellingTerms({ ids, weights }: Vector, frequencies: readonly number[]): Vector {
  const places: number[] = [];
  for (let place = 0; place < ids.length; place += 1) {
    const frequency = frequencies[ids[place] ?? 0] ?? 0;
    if (frequency >= 2 && frequency <= MOST_POSTINGS) places.push(place);
  }
  if (places.length > MOST_TERMS)
    places.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b).length = MOST_TERMS;
  return {
    ids: Int32Array.from(places, (place) => ids[place] ?? 0),
    weights: Float32Array.from(places, (place) => weights[place] ?? 0),
  };
}

/** The points from `oldest` on that share much with these terms. */
function listCandidates(search: Search, { ids, weights }: Vector, oldest: number): number[] {
  const { postings, shared } = search;
  const met: number[] = [];
  for (let term = 0; term < ids.length; term += 1) {
    const known = postings[ids[term] ?? 0];
    if (!known) continue;
    const weight = weights[term] ?? 0;
    for (let place = known.points.length - 1; place >= 0; place -= 1) {
      const other = known.points[place] ?? 0;
      if (other < oldest) break;
      const before = shared[other] ?? 0;
      if (before === 0) met.push(other);
      shared[other] = before + weight * (known.weights[place] ?? 0);
    }
  }
  const candidates = met.filter((other) => (shared[other] ?? 0) >= LEAST_PROMISE * search.cut);
  for (const other of met) shared[other] = 0;
  return candidates;
}

function listPairs(
  { points, cut }: Search,
  index: number,
  candidates: readonly number[],
): readonly Pair[] {
  return candidates
    .map((other) => ({ a: other, b: index, likeness: comparePoints(points[other], points[index]) }))
    .filter(({ likeness }) => likeness >= cut)
    .sort((left, right) => right.likeness - left.likeness || left.a - right.a)
    .slice(0, MOST_NEIGHBOURS);
}

function comparePoints(a: Point | undefined, b: Point | undefined): number {
  return a && b ? measureLikeness(a, b) : 0;
}

function addPostings({ postings }: Search, { ids, weights }: Vector, index: number): void {
  for (const [place, id] of ids.entries()) {
    const weight = weights[place] ?? 0;
    const known = postings[id];
    if (known) {
      known.points.push(index);
      known.weights.push(weight);
    } else postings[id] = { points: [index], weights: [weight] };
  }
}
