import { expect, test } from 'vitest';
import { findModelTime } from '../../src/app/find-model-time.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { DATE, NEWSLETTER } from './sample-app.ts';

const OTHER: Newsletter = { ...NEWSLETTER, slug: 'evening', zone: 'UTC', sendTime: '20:00' };

/** Seconds the issue of DATE may wait of sixty at a time in Berlin, an hour ahead of UTC. */
function findSeconds(time: string, newsletters: readonly Newsletter[] = [NEWSLETTER]): number {
  const now = new Date(`${time}+01:00`).toISOString();
  const issue = { newsletter: NEWSLETTER, date: DATE };
  return findModelTime(newsletters, issue, { mostSeconds: 60, now }) / 1000;
}

test.each([
  ['an hour before the freeze', '2026-03-09T05:30:00', 60],
  ['ten seconds before the freeze, that long', '2026-03-09T06:29:50', 10],
  ['after the freeze, being late', '2026-03-09T06:40:00', 10],
  ['three seconds before the slot, that long', '2026-03-09T06:59:57', 3],
  ['after the slot and before the deadline', '2026-03-09T09:00:00', 10],
  ['after the deadline, when nothing is sent any more', '2026-03-09T11:00:00', 60],
  ['when its day is over, not at all', '2026-03-10T00:00:00', 0],
])('An issue waits %s', (_, time, seconds) => {
  expect(findSeconds(time)).toBe(seconds);
});

test('It never waits past the freeze or the slot of another newsletter, because that waits for it', () => {
  const both = [NEWSLETTER, OTHER];
  expect(findSeconds('2026-03-08T20:29:55', both)).toBe(5);
  expect(findSeconds('2026-03-08T20:59:58', both)).toBe(2);
});

test('Nobody waits for a newsletter that is paused', () => {
  const paused = { ...OTHER, isPaused: true };
  expect(findSeconds('2026-03-08T20:29:55', [NEWSLETTER, paused])).toBe(60);
});

test('An issue of a newsletter that is gone, or of a day without a slot, has nothing to be late for', () => {
  expect(findSeconds('2026-03-09T06:40:00', [])).toBe(60);
  const rarely: Newsletter = { ...NEWSLETTER, weekdays: [7] };
  expect(findSeconds('2026-03-09T06:40:00', [rarely])).toBe(60);
});
