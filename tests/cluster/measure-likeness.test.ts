import { expect, test } from 'vitest';
import { measureLikeness, mixPoints, type Point } from '../../src/cluster/measure-likeness.ts';
import { scaleVector } from '../../src/cluster/term-vector.ts';

function samplePoint(terms: readonly number[], given: Partial<Point> = {}): Point {
  const vector = scaleVector(new Map(terms.map((id) => [id, 1])), 1);
  return { vector, articles: 1, cohesion: 0, day: 20_000, outlets: new Map(), ...given };
}

const [QUAKE, OTHER_QUAKE] = [samplePoint([1, 2, 3, 4]), samplePoint([1, 2, 8, 9])];

test('likeness is the cosine, less three days later and within one outlet', () => {
  expect(measureLikeness(QUAKE, OTHER_QUAKE)).toBeCloseTo(0.5);
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
  expect(measureLikeness(loose![0]!, loose![1]!)).toBeCloseTo(0.5);
});

test('a mixed point knows how alike its articles are', () => {
  const pair = mixPoints(QUAKE, OTHER_QUAKE);
  expect(pair).toMatchObject({ articles: 2 });
  expect(pair.cohesion).toBeCloseTo(0.5);
  expect(mixPoints(pair, QUAKE).cohesion).toBeCloseTo((0.5 + 0.5 + 1) / 3);
});
