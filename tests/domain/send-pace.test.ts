import { expect, test } from 'vitest';
import {
  countTurns,
  findTurn,
  quickenPace,
  slowPace,
  startPace,
  takeTurns,
} from '../../src/domain/send-pace.ts';

test('An even pace: the first goes at once, the next after its share of a second, and a rest earns no burst', () => {
  const first = takeTurns(startPace(10), 1, 1_000);
  expect(findTurn(startPace(10), 1_000)).toBe(1_000);
  expect(findTurn(first, 1_000)).toBe(1_100);
  expect([countTurns(first, 1_099), countTurns(first, 1_100), countTurns(first, 9_000)]).toEqual([
    0, 1, 1,
  ]);
  const late = takeTurns(first, 1, 1_150);
  expect(findTurn(late, 1_150), 'who comes a little late delays nobody').toBe(1_200);
  const rested = takeTurns(first, 1, 60_000);
  expect(findTurn(rested, 60_000)).toBe(60_100);
});

test('Of a fast way the turns of a tenth of a second are given out together', () => {
  const pace = takeTurns(startPace(100), 1, 0);
  expect([countTurns(pace, 30), countTurns(pace, 5_000)]).toEqual([3, 10]);
  expect(findTurn(startPace(Infinity), 5)).toBe(5);
});

test('A pace is halved once a second at most, from what was usual where it had no limit, and never stops', () => {
  const slowed = slowPace(startPace(Infinity), { now: 0, usual: 40 });
  expect(slowed.perSecond).toBe(20);
  expect(slowPace(slowed, { now: 999, usual: 40 })).toBe(slowed);
  expect(slowPace(slowed, { now: 1_000, usual: 40 })).toMatchObject({ perSecond: 10 });
  let slowest = slowed;
  for (let now = 2_000; now < 60_000; now += 1_000) slowest = slowPace(slowest, { now, usual: 1 });
  expect(slowest.perSecond).toBe(1 / 60);
});

test('It comes back by a tenth for every twenty that were taken in a row, and not beyond', () => {
  const taken = (pace: ReturnType<typeof startPace>, count: number) =>
    Array.from({ length: count }).reduce<typeof pace>((now) => quickenPace(now, true), pace);
  const slowed = slowPace(startPace(10), { now: 0, usual: 99 });
  expect(taken(slowed, 19).perSecond).toBe(5);
  expect(taken(slowed, 20).perSecond).toBe(6);
  expect(taken(quickenPace(taken(slowed, 19), false), 19).perSecond).toBe(5);
  expect(taken(slowed, 500).perSecond).toBe(10);
  const unlimited = slowPace(startPace(Infinity), { now: 0, usual: 1 });
  expect(unlimited.perSecond, 'a word at the very beginning').toBe(5);
  expect(taken(unlimited, 500).perSecond, 'and nothing holds it').toBe(30);
});
