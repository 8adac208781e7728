import { expect, test } from 'vitest';
import { measureLikeness, mixPoints, type Point } from '../../src/cluster/measure-likeness.ts';

const TERMS = 32;

/** A point of many terms: half of them every point has, the other half is its own. */
function samplePoint(own: number, given: Partial<Point> = {}): Point {
  const ids = Int32Array.from({ length: TERMS }, (_, place) =>
    place < TERMS / 2 ? place : own + place,
  );
  const vector = { ids, weights: new Float32Array(TERMS).fill(Math.sqrt(1 / TERMS)) };
  return {
    vector,
    articles: 1,
    cohesion: 0,
    fullness: 1,
    day: 20_000,
    outlets: new Map(),
    ...given,
  };
}

const [QUAKE, OTHER_QUAKE] = [samplePoint(0), samplePoint(100)];

test('likeness is the cosine, less three days later and within one outlet', () => {
  expect(measureLikeness(QUAKE, OTHER_QUAKE)).toBeCloseTo(0.5, 1);
  expect(measureLikeness(QUAKE, { ...OTHER_QUAKE, day: 20_003 })).toBeCloseTo(0.5 * 0.607);
  const outlets = new Map([['globe.example', 1]]);
  const within = measureLikeness({ ...QUAKE, outlets }, { ...OTHER_QUAKE, outlets });
  expect(within).toBeCloseTo(0.5 * 0.7);
});

test('two groups much more alike within than with each other are two events', () => {
  const [tight, loose] = [0.9, 0.6].map((cohesion) =>
    [QUAKE, OTHER_QUAKE].map((point) => ({ ...point, articles: 5, cohesion })),
  );
  expect(measureLikeness(tight![0]!, tight![1]!)).toBe(0);
  expect(measureLikeness(loose![0]!, loose![1]!)).toBeCloseTo(0.5, 1);
});

test('a mixed point knows how alike its articles are', () => {
  const pair = mixPoints(QUAKE, OTHER_QUAKE);
  expect(pair).toMatchObject({ articles: 2 });
  expect(pair.cohesion).toBeCloseTo(0.5, 1);
  expect(mixPoints(pair, QUAKE).cohesion).toBeCloseTo((0.5 + 0.5 + 1) / 3, 1);
});

test('one shared word is worth half of what many shared words are', () => {
  const lone = { ids: Int32Array.of(1), weights: Float32Array.of(1) };
  const [a, b] = [0, 100].map((own) => samplePoint(own, { vector: lone }));
  expect(measureLikeness(a!, b!)).toBeCloseTo(0.5, 1);
});

test('groups of bare headlines, which repeat each other, are taken for two events only where they share little', () => {
  const bare = [QUAKE, OTHER_QUAKE].map((point) => ({
    ...point,
    articles: 5,
    fullness: 0,
    cohesion: 0.9,
  }));
  expect(measureLikeness(bare[0]!, bare[1]!)).toBeCloseTo(0.5, 1);
  const tight = bare.map((point) => ({ ...point, cohesion: 2 }));
  expect(measureLikeness(tight[0]!, tight[1]!)).toBe(0);
});
