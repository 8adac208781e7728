import type { FeedPolling } from '../domain/feed.ts';
import type { Instant } from '../domain/instant.ts';
import { addDays, localDateAt, localTimeAt, weekdayOf } from '../domain/local-time.ts';

/** Where and when the words are read. */
interface Reading {
  readonly zone: string;
  readonly now: Instant;
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** How a feed is doing, in words: "answers 404 since Tuesday, next try at 14:10". */
export function describeHealth(polling: FeedPolling, reading: Reading): string {
  const next = polling.nextFetchAt ? nameNext(polling.nextFetchAt, reading) : 'at once';
  const since = polling.failingSince ? ` since ${namePast(polling.failingSince, reading)}` : '';
  switch (polling.state) {
    case 'new':
      return 'not fetched yet';
    case 'ok':
      return `${describeSuccess(polling, reading)}, next ${next}`;
    case 'failing':
      return `${nameFailure(polling)}${since}, next try ${next}`;
    case 'retired':
      return `answers ${polling.lastStatus ?? 410}${since}: gone for good, not fetched any more`;
  }
}

function describeSuccess(polling: FeedPolling, reading: Reading): string {
  const fetched = polling.lastFetchedAt
    ? `fetched ${namePast(polling.lastFetchedAt, reading)}`
    : 'fetched';
  return polling.lastChangedAt
    ? `${fetched}, last news ${namePast(polling.lastChangedAt, reading)}`
    : `${fetched}, no news yet`;
}

function nameFailure({ lastStatus, problem }: FeedPolling): string {
  if (lastStatus !== null && lastStatus >= 300) return `answers ${lastStatus}`;
  return `${(problem ?? 'It fails').replace(/\.$/, '')},`;
}

/** The time of an instant today, the weekday of one in the last week, else the date. */
function namePast(instant: Instant, { zone, now }: Reading): string {
  const date = localDateAt(zone, instant);
  const today = localDateAt(zone, now);
  if (date === today) return nameTime(instant, zone);
  return date > addDays(today, -7) ? (WEEKDAYS[weekdayOf(date) - 1] ?? date) : date;
}

function nameNext(instant: Instant, { zone, now }: Reading): string {
  if (instant <= now) return 'at once';
  const date = localDateAt(zone, instant);
  const today = localDateAt(zone, now);
  const day = date === today ? '' : date === addDays(today, 1) ? 'tomorrow ' : `${date} `;
  return `${day}at ${nameTime(instant, zone)}`;
}

/** UTC is nobody's own clock, so it is named. */
function nameTime(instant: Instant, zone: string): string {
  return `${localTimeAt(zone, instant)}${zone === 'Etc/UTC' ? ' UTC' : ''}`;
}
