import { describe, expect, test } from 'vitest';
import { isFullFetchDue, learnFromFetch } from '../../src/domain/feed-polling.ts';
import { NEVER_FETCHED, NO_HINTS, type FeedPolling } from '../../src/domain/feed.ts';
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
const ALL_HOURS = Array.from({ length: 24 }, (_, hour) => hour);
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

describe('a feed that is well', () => {
  const hour = 60 * MINUTE;
  const news = { ...FETCHED, hasNews: true } as const;

  test('is asked about four times between two of its usual changes', () => {
    let polling = learnFromFetch(NEVER_FETCHED, { ...news, newestAt: NOW }, NOW);
    for (let i = 1; i <= 20; i += 1) {
      polling = learnFromFetch(polling, news, addTime(NOW, i * hour));
    }
    expect(polling.changeSeconds).toBe(hour / SECOND);
    expect(waitAfter(polling, addTime(NOW, 20 * hour))).toBe(15 * MINUTE);
  });

  test('is asked every ten minutes at most, however often it changes', () => {
    let polling = learnFromFetch(NEVER_FETCHED, news, NOW);
    for (let i = 1; i <= 30; i += 1) {
      polling = learnFromFetch(polling, news, addTime(NOW, i * MINUTE));
    }
    expect(waitAfter(polling, addTime(NOW, 30 * MINUTE))).toBe(10 * MINUTE);
  });

  test('is asked less the longer it is silent, and daily at least', () => {
    const waits = [1, 4, 8, 30].map((days) => {
      const newestAt = addTime(NOW, -days * DAY);
      return waitAfter(learnFromFetch(NEVER_FETCHED, { ...news, newestAt }, NOW)) / hour;
    });
    expect(waits).toEqual([3, 12, 24, 24]);
  });

  test('is asked often again soon after a silence', () => {
    const silent = {
      ...NEVER_FETCHED,
      lastChangedAt: addTime(NOW, -4 * DAY),
      changeSeconds: 3_600,
    };
    const polling = learnFromFetch(silent, news, NOW);
    expect(waitAfter(polling)).toBeLessThan(8 * hour);
  });

  test.each([
    ['its document', { ...FETCHED, hints: { ...NO_HINTS, minutes: 180 } }],
    ['its answer', { ...FETCHED, cacheSeconds: 10_800 }],
  ])('is left alone as long as %s asks', (_who, lesson) => {
    expect(waitAfter(learnFromFetch(NEVER_FETCHED, lesson, NOW))).toBe(3 * hour);
  });

  test('keeps what its document asked for while it is unchanged', () => {
    const hints = { ...NO_HINTS, minutes: 180 };
    const before = learnFromFetch(NEVER_FETCHED, { ...FETCHED, hints }, NOW);
    expect(waitAfter(learnFromFetch(before, UNCHANGED, NOW))).toBe(3 * hour);
  });

  test('cannot ask to be left alone for longer than a day', () => {
    const lesson = { ...FETCHED, cacheSeconds: 31_536_000, hints: { ...NO_HINTS, minutes: 1e6 } };
    expect(waitAfter(learnFromFetch(NEVER_FETCHED, lesson, NOW))).toBe(DAY);
  });

  test.each([
    ['in its skipped hours', { ...NO_HINTS, skippedHours: [5, 6, 7] }, '2026-03-09T08:00:00.000Z'],
    ['on its skipped days', { ...NO_HINTS, skippedDays: [1] as const }, '2026-03-10T00:00:00.000Z'],
    ['in no hour at all', { ...NO_HINTS, skippedHours: ALL_HOURS }, addTime(NOW, DAY)],
  ])('is not asked %s', (_when, hints, next) => {
    expect(learnFromFetch(NEVER_FETCHED, { ...FETCHED, hints }, NOW).nextFetchAt).toBe(next);
  });

  test('on this machine is looked at every ten minutes, silent, missing or not', () => {
    const silent = { ...news, newestAt: addTime(NOW, -30 * DAY), isLocal: true };
    const missing = { ...FAILED, isLocal: true };
    const before = { ...NEVER_FETCHED, failures: 9 };
    for (const lesson of [silent, missing])
      expect(waitAfter(learnFromFetch(before, lesson, NOW))).toBe(10 * MINUTE);
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

test('a document known by its bytes counts as a full fetch and brings its new validators', () => {
  const before = { ...NEVER_FETCHED, etag: '"6"', contentHash: 'ab' };
  const lesson = { ...UNCHANGED, etag: '"7"', contentHash: 'ab' };
  expect(learnFromFetch(before, lesson, NOW)).toMatchObject({ etag: '"7"', lastFullFetchAt: NOW });
});

test('a feed that fails says since when, until it is well again', () => {
  const first = learnFromFetch(NEVER_FETCHED, { ...FAILED, status: 404 }, NOW);
  const second = learnFromFetch(first, FAILED, addTime(NOW, DAY));
  expect(first).toMatchObject({ failingSince: NOW, lastStatus: 404 });
  expect(second).toMatchObject({ failingSince: NOW, lastStatus: null });
  expect(learnFromFetch(second, UNCHANGED, addTime(NOW, DAY)).failingSince).toBeNull();
});

function waitAfter(polling: FeedPolling, now = NOW): number {
  return timeBetween(now, polling.nextFetchAt ?? '');
}
