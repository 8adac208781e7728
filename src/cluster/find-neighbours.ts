import { fadeWithTime, measureLikeness, type Point } from './measure-likeness.ts';
import { openMatcher } from './open-matcher.ts';
import { takeHeaviest, type Vector } from './term-vector.ts';

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

/** By term, the points seen so far that have it, in order, and its weight in each: a stretch of one array for each term. */
interface Postings {
  readonly points: Int32Array;
  readonly weights: Float32Array;
  /** Where the stretch of a term begins, and where it ends so far. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

interface Search {
  readonly points: readonly Point[];
  readonly cut: number;
  readonly postings: Postings;
  readonly openMatch: ReturnType<typeof openMatcher>;
  /** By point, what it shares with the one looked at; all 0 in between. */
  readonly shared: Float64Array;
  /** Room for the points that share anything. */
  readonly met: Int32Array;
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
  const telling = points.map(({ vector }) => keepTellingTerms(vector, frequencies));
  const postings = openPostings(telling, frequencies.length);
  const openMatch = openMatcher(points.map(({ vector }) => vector));
  const [shared, met] = [new Float64Array(points.length), new Int32Array(points.length)];
  const search = { points, cut, postings, openMatch, shared, met };
  const pairs: Pair[] = [];
  let oldest = 0;
  for (let index = 0; index < points.length; index += 1) {
    const vector = telling[index]!;
    if (index >= from) {
      while (isTooOld(search, points[index]!, oldest)) oldest += 1;
      for (const pair of listPairs(search, index, listCandidates(search, vector, oldest)))
        pairs.push(pair);
    }
    addPostings(postings, vector, index);
  }
  return pairs;
}

/** So long ago that even the same words would stay below the cut. */
function isTooOld({ points, cut }: Search, point: Point, other: number): boolean {
  return fadeWithTime(point.day - (points[other]?.day ?? 0)) < cut;
}

/** The heaviest terms that some, but not too many, other points have, the heaviest first. */
function keepTellingTerms({ ids, weights }: Vector, frequencies: readonly number[]): Vector {
  const places: number[] = [];
  for (let place = 0; place < ids.length; place += 1) {
    const frequency = frequencies[ids[place]!]!;
    if (frequency >= 2 && frequency <= MOST_POSTINGS) places.push(place);
  }
  const left = new Float32Array(places.length);
  for (let rank = 0; rank < left.length; rank += 1) left[rank] = weights[places[rank]!]!;
  const size = Math.min(left.length, MOST_TERMS);
  const kept = { ids: new Int32Array(size), weights: new Float32Array(size) };
  for (let rank = 0; rank < size; rank += 1) {
    const place = places[takeHeaviest(left)]!;
    kept.ids[rank] = ids[place]!;
    kept.weights[rank] = weights[place]!;
  }
  return kept;
}

/** Room for these vectors' terms, with nothing in it. */
function openPostings(vectors: readonly Vector[], terms: number): Postings {
  const starts = new Int32Array(terms + 1);
  for (const { ids } of vectors) for (const id of ids) starts[id + 1]! += 1;
  for (let term = 0; term < terms; term += 1) starts[term + 1]! += starts[term]!;
  const size = starts[terms]!;
  return {
    points: new Int32Array(size),
    weights: new Float32Array(size),
    starts,
    ends: starts.slice(),
  };
}

/** The points from `oldest` on that share much with these terms. */
function listCandidates(search: Search, { ids, weights }: Vector, oldest: number): number[] {
  const { postings, shared, met, cut } = search;
  let end = 0;
  for (let term = 0; term < ids.length; term += 1) {
    const weight = weights[term]!;
    const start = postings.starts[ids[term]!]!;
    for (let place = postings.ends[ids[term]!]! - 1; place >= start; place -= 1) {
      const other = postings.points[place]!;
      if (other < oldest) break;
      const before = shared[other]!;
      if (before === 0) met[end++] = other;
      shared[other] = before + weight * postings.weights[place]!;
    }
  }
  const candidates: number[] = [];
  for (let place = 0; place < end; place += 1) {
    const other = met[place]!;
    if (shared[other]! >= LEAST_PROMISE * cut) candidates.push(other);
    shared[other] = 0;
  }
  return candidates;
}

function listPairs(
  { points, cut, openMatch }: Search,
  index: number,
  candidates: readonly number[],
): readonly Pair[] {
  const pairs: Pair[] = [];
  if (candidates.length === 0) return pairs;
  const point = points[index]!;
  const match = openMatch(point.vector);
  for (const other of candidates) {
    const known = points[other]!;
    const likeness = measureLikeness(known, point, match(known.vector));
    if (likeness >= cut) pairs.push({ a: other, b: index, likeness });
  }
  return pairs
    .sort((left, right) => right.likeness - left.likeness || left.a - right.a)
    .slice(0, MOST_NEIGHBOURS);
}

function addPostings(postings: Postings, { ids, weights }: Vector, index: number): void {
  for (let place = 0; place < ids.length; place += 1) {
    const end = postings.ends[ids[place]!]!;
    postings.points[end] = index;
    postings.weights[end] = weights[place]!;
    postings.ends[ids[place]!] = end + 1;
  }
}
