import { fadeWithTime, measureLikeness, type Point } from './measure-likeness.ts';
import type { Vector } from './term-vector.ts';

const MOST_NEIGHBOURS = 30;
const MOST_TERMS = 30;
/** A term in more articles than this finds no candidates: it is not what sets an event apart, and would cost quadratic time. */
const MOST_POSTINGS = 300;
/** A pair whose telling terms alone do not bring it this far towards the cut is not looked at closely. */
const LEAST_PROMISE = 0.4;

/** Two points by index, and how alike they are. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly likeness: number;
}

interface Weighed {
  readonly id: number;
  readonly weight: number;
}

interface Search {
  readonly points: readonly Point[];
  readonly cut: number;
  /** For each term the points seen so far that have it, in order. */
  readonly postings: Map<number, Weighed[]>;
}

/**
 * The pairs of points at least as alike as `cut`, each pair once; a point brings at most its thirty best among those before it.
 * `points` are in order of time; `frequencies` says by term id how many of them have a term.
 */
export function findNeighbours(
  points: readonly Point[],
  frequencies: readonly number[],
  cut: number,
): readonly Pair[] {
  const search: Search = { points, cut, postings: new Map() };
  return points.flatMap((point, index) => {
    const terms = listTellingTerms(point.vector, frequencies);
    const pairs = listCandidates(search, point, terms)
      .map((other) => ({ a: other, b: index, likeness: compareWith(point, points[other]) }))
      .filter(({ likeness }) => likeness >= cut)
      .sort((left, right) => right.likeness - left.likeness || left.a - right.a)
      .slice(0, MOST_NEIGHBOURS);
    addPostings(search, terms, index);
    return pairs;
  });
}

function compareWith(point: Point, other: Point | undefined): number {
  return other ? measureLikeness(other, point) : 0;
}

/** The heaviest terms that some, but not too many, other points have. */
function listTellingTerms(vector: Vector, frequencies: readonly number[]): readonly Weighed[] {
  const telling: Weighed[] = [];
  vector.ids.forEach((id, place) => {
    const frequency = frequencies[id] ?? 0;
    if (frequency >= 2 && frequency <= MOST_POSTINGS)
      telling.push({ id, weight: vector.weights[place] ?? 0 });
  });
  return telling.sort((a, b) => b.weight - a.weight || a.id - b.id).slice(0, MOST_TERMS);
}

/** Indexes of the earlier points, near enough in time, that share much with these terms. */
function listCandidates(search: Search, point: Point, terms: readonly Weighed[]): number[] {
  const scores = new Map<number, number>();
  for (const { id, weight } of terms)
    for (const other of (search.postings.get(id) ?? []).toReversed()) {
      if (isTooOld(search, point, other.id)) break;
      scores.set(other.id, (scores.get(other.id) ?? 0) + weight * other.weight);
    }
  const candidates: number[] = [];
  for (const [index, score] of scores)
    if (score >= LEAST_PROMISE * search.cut) candidates.push(index);
  return candidates;
}

/** So long ago that even the same words would stay below the cut. */
function isTooOld({ points, cut }: Search, point: Point, other: number): boolean {
  return fadeWithTime(point.day - (points[other]?.day ?? 0)) < cut;
}

function addPostings({ postings }: Search, terms: readonly Weighed[], index: number): void {
  for (const { id, weight } of terms) {
    const posting = { id: index, weight };
    const known = postings.get(id);
    if (known) known.push(posting);
    else postings.set(id, [posting]);
  }
}
