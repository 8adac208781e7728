import { expect, test } from 'vitest';
import { describeHealth } from '../../src/app/describe-health.ts';
import { NEVER_FETCHED, type FeedPolling } from '../../src/domain/feed.ts';

/** A Thursday, 13:00 in Berlin. */
const NOW = '2026-03-12T12:00:00.000Z';
const BERLIN = { zone: 'Europe/Berlin', now: NOW };
const FAILING = { state: 'failing', failures: 3, problem: 'a.example broke off.' } as const;

const CASES: readonly (readonly [Partial<FeedPolling>, string])[] = [
  [{}, 'not fetched yet'],
  [
    { state: 'ok', lastFetchedAt: NOW, nextFetchAt: '2026-03-12T12:30:00.000Z' },
    'fetched 13:00, no news yet, next at 13:30',
  ],
  [
    {
      state: 'ok',
      lastFetchedAt: '2026-03-11T22:30:00.000Z',
      lastChangedAt: '2026-02-01T12:00:00.000Z',
      nextFetchAt: '2026-03-12T23:30:00.000Z',
    },
    'fetched Wednesday, last news 2026-02-01, next tomorrow at 00:30',
  ],
  [
    {
      ...FAILING,
      lastStatus: 404,
      failingSince: '2026-03-10T08:00:00.000Z',
      nextFetchAt: '2026-03-12T13:10:00.000Z',
    },
    'answers 404 since Tuesday, next try at 14:10',
  ],
  [
    { ...FAILING, lastStatus: 200, failingSince: '2026-03-12T05:00:00.000Z', nextFetchAt: NOW },
    'a.example broke off, since 06:00, next try at once',
  ],
  [
    { ...FAILING, failingSince: '2026-03-05T12:00:00.000Z', nextFetchAt: NOW },
    'a.example broke off, since 2026-03-05, next try at once',
  ],
  [
    { ...FAILING, state: 'retired', lastStatus: 410, failingSince: '2026-03-10T08:00:00.000Z' },
    'answers 410 since Tuesday: gone for good, not fetched any more',
  ],
];

test.each(CASES)('%j is in words', (polling, words) => {
  expect(describeHealth({ ...NEVER_FETCHED, ...polling }, BERLIN)).toBe(words);
});

test('the time of no particular place is named as such', () => {
  const polling = { ...NEVER_FETCHED, ...FAILING, failingSince: NOW, nextFetchAt: NOW };
  const words = describeHealth(polling, { zone: 'Etc/UTC', now: NOW });
  expect(words).toBe('a.example broke off, since 12:00 UTC, next try at once');
});
