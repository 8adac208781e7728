import type { FeedPolling } from './feed.ts';
import { addTime, DAY, MINUTE, SECOND, timeBetween, type Instant } from './instant.ts';

/** What a fetch taught us about a feed, whatever way it was fetched. */
export interface FetchLesson {
  readonly outcome: 'fetched' | 'unchanged' | 'gone' | 'failed';
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  /** One sentence for people; null when nothing is wrong. */
  readonly problem: string | null;
  readonly retryAfterSeconds: number | null;
}

const ORDINARY_WAIT = 30 * MINUTE;
const FIRST_RETRY = 10 * MINUTE;

/** True when a day has passed since the whole document was last asked for, so that a wrong "unchanged" cannot last. */
export function isFullFetchDue(polling: FeedPolling, now: Instant): boolean {
  return polling.lastFullFetchAt === null || timeBetween(polling.lastFullFetchAt, now) >= DAY;
}

/** The polling state after a fetch: failures wait twice as long each time, up to a day; a server's Retry-After is kept. */
export function learnFromFetch(
  polling: FeedPolling,
  lesson: FetchLesson,
  now: Instant,
): FeedPolling {
  const isGood = lesson.outcome === 'fetched' || lesson.outcome === 'unchanged';
  const failures = isGood ? 0 : polling.failures + 1;
  const backOff = isGood ? ORDINARY_WAIT : Math.min(FIRST_RETRY * 2 ** (failures - 1), DAY);
  const asked = Math.min((lesson.retryAfterSeconds ?? 0) * SECOND, DAY);
  const isGone = lesson.outcome === 'gone';
  return {
    state: isGone ? 'retired' : isGood ? 'ok' : 'failing',
    etag: lesson.outcome === 'fetched' ? (lesson.etag ?? null) : polling.etag,
    lastModified:
      lesson.outcome === 'fetched' ? (lesson.lastModified ?? null) : polling.lastModified,
    lastFetchedAt: now,
    lastFullFetchAt: lesson.outcome === 'fetched' ? now : polling.lastFullFetchAt,
    nextFetchAt: isGone ? null : addTime(now, Math.max(backOff, asked)),
    failures,
    problem: lesson.problem,
  };
}
