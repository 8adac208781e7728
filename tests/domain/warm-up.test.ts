import { expect, test } from 'vitest';
import { limitWarmUp, parseWarmUp } from '../../src/domain/warm-up.ts';

const PLAN = { from: '2026-03-09', first: 50 };

test('A plan is a number and a day', () => {
  expect(parseWarmUp(' 50 from 2026-03-09 ')).toEqual(PLAN);
});

test.each(['50', '0 from 2026-03-09', '50 from 2026-02-30', '50 from monday', ''])(
  '%j is no plan',
  (text) => expect(parseWarmUp(text)).toBeNull(),
);

test.each([
  ['2026-03-01T12:00:00.000Z', 50],
  ['2026-03-09T00:00:00.000Z', 50],
  ['2026-03-09T23:59:59.999Z', 50],
  ['2026-03-10T00:00:00.000Z', 100],
  ['2026-03-13T07:00:00.000Z', 800],
])('at %s it lets %i go', (at, limit) => {
  expect(limitWarmUp(PLAN, at)).toBe(limit);
});

test('Over days it adds up, and after years it is still a number', () => {
  expect(limitWarmUp(PLAN, '2026-03-09T07:00:00.000Z', 2)).toBe(350);
  expect(limitWarmUp(PLAN, '2036-03-09T07:00:00.000Z', 9)).toBeGreaterThan(1e9);
});
