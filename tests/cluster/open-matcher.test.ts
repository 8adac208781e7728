import { expect, test } from 'vitest';
import { openMatcher } from '../../src/cluster/open-matcher.ts';
import { matchVectors, scaleVector, type Vector } from '../../src/cluster/term-vector.ts';

const VECTORS = [
  [],
  [[7, 1]],
  [
    [0, 3],
    [2, 1],
    [7, 2],
    [9, 1],
  ],
  [
    [1, 1],
    [2, 2],
    [3, 1],
    [7, 1],
  ],
  [
    [4, 1],
    [5, 1],
  ],
  [
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 1],
    [7, 5],
    [8, 1],
    [9, 4],
  ],
].map((weights) => scaleVector(new Map(weights as [number, number][]), 1));

function matchAll(match: (a: Vector, b: Vector) => number): readonly number[] {
  return VECTORS.flatMap((a) => VECTORS.map((b) => match(a, b)));
}

test('one vector against many gives to the last digit what each pair gives', () => {
  const openMatch = openMatcher(VECTORS);
  const alone = matchAll(matchVectors);
  expect(alone.filter((product) => product > 0).length).toBeGreaterThan(10);
  expect(matchAll((a, b) => openMatch(a)(b))).toEqual(alone);
});

test('a vector can be matched again and again', () => {
  const match = openMatcher(VECTORS)(VECTORS[5]!);
  const [first, second] = [VECTORS.map(match), VECTORS.map(match)];
  expect(second).toEqual(first);
});
