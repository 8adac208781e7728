import { expect, test } from 'vitest';
import { countFree, NO_QUOTA, parseQuota, planWithin } from '../../src/domain/send-quota.ts';

const NOW = '2026-03-09T06:00:00.000Z';
const NONE = { hour: 0, day: 0, today: 0 };

test('A quota names each of second, hour and day at most once', () => {
  expect(parseQuota('14/s, 1000/h,50000/d')).toEqual({ second: 14, hour: 1_000, day: 50_000 });
  expect(parseQuota('200/d')).toEqual({ second: Infinity, hour: Infinity, day: 200 });
  expect(parseQuota(' ')).toEqual({ second: Infinity, hour: Infinity, day: Infinity });
});

test.each(['0/s', '14', '14/m', '-1/d', '1.5/s', '1/s,2/s', '1/s,', 'lots/d'])(
  '%s is no quota',
  (text) => expect(parseQuota(text)).toBeNull(),
);

test('The tighter window decides what is free, and an overdrawn one frees nothing', () => {
  const quota = { second: Infinity, hour: 100, day: 150 };
  expect(countFree(quota, { ...NONE, hour: 40, day: 60 }, NOW)).toBe(60);
  expect(countFree(quota, { ...NONE, day: 149 }, NOW)).toBe(1);
  expect(countFree(quota, { ...NONE, hour: 120, day: 120 }, NOW)).toBe(0);
});

test('What exceeds the quota is planned for the windows that follow', () => {
  const quota = { second: Infinity, hour: 100, day: 150 };
  expect(planWithin([{ quota, use: NONE }], { count: 80, now: NOW })).toEqual({
    now: 80,
    today: 80,
    lastAt: NOW,
  });
  expect(planWithin([{ quota, use: NONE }], { count: 120, now: NOW })).toEqual({
    now: 100,
    today: 120,
    lastAt: '2026-03-09T07:00:00.000Z',
  });
  expect(planWithin([{ quota, use: NONE }], { count: 400, now: NOW })).toEqual({
    now: 100,
    today: 150,
    lastAt: '2026-03-11T06:00:00.000Z',
  });
});

test('A rate alone only takes its time', () => {
  const quota = { second: 2, hour: Infinity, day: Infinity };
  expect(planWithin([{ quota, use: NONE }], { count: 100, now: NOW })).toEqual({
    now: 100,
    today: 100,
    lastAt: '2026-03-09T06:00:50.000Z',
  });
});

test('Several ways out take together what each has left', () => {
  const hourly = {
    quota: { second: Infinity, hour: 100, day: Infinity },
    use: { ...NONE, hour: 40, day: 40 },
  };
  const daily = { quota: { second: Infinity, hour: Infinity, day: 50 }, use: { ...NONE, day: 20 } };
  expect(planWithin([hourly, daily], { count: 200, now: NOW })).toEqual({
    now: 90,
    today: 200,
    lastAt: '2026-03-09T08:00:00.000Z',
  });
});

test('A sender that is new begins with few, and twice as many every day', () => {
  const quota = { ...NO_QUOTA, warmUp: { from: '2026-03-09', first: 50 } };
  expect(countFree(quota, { ...NONE, day: 60, today: 20 }, NOW)).toBe(30);
  expect(planWithin([{ quota, use: NONE }], { count: 320, now: NOW })).toEqual({
    now: 50,
    today: 50,
    lastAt: '2026-03-11T06:00:00.000Z',
  });
  const later = '2026-03-12T06:00:00.000Z';
  expect(planWithin([{ quota, use: NONE }], { count: 320, now: later }).now).toBe(320);
});
