import { describe, expect, test } from 'vitest';
import { isFullFetchDue, learnFromFetch } from '../../src/domain/feed-polling.ts';
import { NEVER_FETCHED, type FeedPolling } from '../../src/domain/feed.ts';
import { addTime, DAY, MINUTE, SECOND, timeBetween } from '../../src/domain/instant.ts';

const NOW = '2026-03-09T05:00:00.000Z';
const FAILED = { outcome: 'failed', problem: 'no answer', retryAfterSeconds: null } as const;
const FETCHED = {
  outcome: 'fetched',
  etag: '"7"',
  lastModified: 'Mon, 09 Mar 2026 04:00:00 GMT',
  problem: null,
  retryAfterSeconds: null,
} as const;
const UNCHANGED = { outcome: 'unchanged', problem: null, retryAfterSeconds: null } as const;

describe('a feed that fails', () => {
  test('waits twice as long each time, and never longer than a day', () => {
    let polling: FeedPolling = NEVER_FETCHED;
    const waits: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      polling = learnFromFetch(polling, FAILED, NOW);
      waits.push(waitAfter(polling) / MINUTE);
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440, 1440, 1440]);
    expect(polling).toMatchObject({ state: 'failing', failures: 12, problem: 'no answer' });
  });

  test('still waits a day after failing for years', () => {
    const polling = learnFromFetch({ ...NEVER_FETCHED, failures: 5_000 }, FAILED, NOW);
    expect(waitAfter(polling)).toBe(DAY);
  });

  test('keeps what its server said about the last good document', () => {
    const before = learnFromFetch(NEVER_FETCHED, FETCHED, NOW);
    expect(learnFromFetch(before, FAILED, NOW)).toMatchObject({
      etag: '"7"',
      lastModified: FETCHED.lastModified,
      lastFullFetchAt: NOW,
    });
  });

  test('starts afresh with the first good answer', () => {
    const failing = { ...NEVER_FETCHED, state: 'failing', failures: 6, problem: 'x' } as const;
    for (const lesson of [FETCHED, UNCHANGED]) {
      const polling = learnFromFetch(failing, lesson, NOW);
      expect(polling).toMatchObject({ state: 'ok', failures: 0, problem: null });
      expect(waitAfter(polling)).toBe(30 * MINUTE);
    }
  });
});

describe('a server that names a time', () => {
  test.each([FAILED, FETCHED, UNCHANGED])('is obeyed when it $outcome', (lesson) => {
    const polling = learnFromFetch(NEVER_FETCHED, { ...lesson, retryAfterSeconds: 7_200 }, NOW);
    expect(waitAfter(polling)).toBe(7_200 * SECOND);
  });

  test('cannot shorten our own wait, nor silence a feed for longer than a day', () => {
    const soon = learnFromFetch(NEVER_FETCHED, { ...FETCHED, retryAfterSeconds: 1 }, NOW);
    expect(waitAfter(soon)).toBe(30 * MINUTE);
    const never = learnFromFetch(NEVER_FETCHED, { ...FAILED, retryAfterSeconds: 1e9 }, NOW);
    expect(waitAfter(never)).toBe(DAY);
  });
});

describe('a feed that is unchanged', () => {
  test('does not count as a full fetch', () => {
    const before = { ...NEVER_FETCHED, etag: '"6"', lastFullFetchAt: addTime(NOW, -DAY + 1) };
    const polling = learnFromFetch(before, UNCHANGED, NOW);
    expect(polling).toMatchObject({ etag: '"6"', lastFullFetchAt: before.lastFullFetchAt });
    expect(isFullFetchDue(polling, NOW)).toBe(false);
    expect(isFullFetchDue(polling, addTime(NOW, 1))).toBe(true);
  });

  test('is asked for in full when it never was', () => {
    expect(isFullFetchDue(NEVER_FETCHED, NOW)).toBe(true);
  });
});

test('a fetched document without validators forgets the old ones', () => {
  const before = learnFromFetch(NEVER_FETCHED, FETCHED, NOW);
  const bare = { outcome: 'fetched', problem: null, retryAfterSeconds: null } as const;
  expect(learnFromFetch(before, bare, NOW)).toMatchObject({ etag: null, lastModified: null });
});

test('a feed that is gone is retired and never due again', () => {
  const lesson = { outcome: 'gone', problem: 'it is gone', retryAfterSeconds: null } as const;
  expect(learnFromFetch(NEVER_FETCHED, lesson, NOW)).toMatchObject({
    state: 'retired',
    nextFetchAt: null,
    problem: 'it is gone',
  });
});

function waitAfter(polling: FeedPolling): number {
  return timeBetween(NOW, polling.nextFetchAt ?? '');
}
