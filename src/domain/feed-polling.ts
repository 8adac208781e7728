import type { FeedPolling, PollingHints } from './feed.ts';
import { addTime, DAY, HOUR, MINUTE, SECOND, timeBetween, type Instant } from './instant.ts';
import { weekdayOf } from './local-time.ts';

/** What a fetch taught us about a feed, whatever way it was fetched. */
export interface FetchLesson {
  readonly outcome: 'fetched' | 'unchanged' | 'gone' | 'failed';
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  /** One sentence for people; null when nothing is wrong. */
  readonly problem: string | null;
  readonly retryAfterSeconds: number | null;
  /** HTTP status of the answer; null when there was none. */
  readonly status?: number | null;
  /** How long the answer says it stays fresh (RFC 9111). */
  readonly cacheSeconds?: number | null;
  /** SHA-256 of the document, when the whole of it came. */
  readonly contentHash?: string;
  readonly hints?: PollingHints;
  /** True when it held an article, or a wording, we did not know. */
  readonly hasNews?: boolean;
  /** Date of its newest article. */
  readonly newestAt?: Instant | null;
  /** True for files on this machine, which cost nobody anything to look at. */
  readonly isLocal?: boolean;
}

const SHORTEST_WAIT = 10 * MINUTE;
const LONGEST_WAIT = DAY;
const UNKNOWN_CHANGE = 2 * HOUR;
/** How often we look between two usual changes, and how a long silence stretches the wait. */
const LOOKS_PER_CHANGE = 4;
const LOOKS_PER_SILENCE = 8;
const WEIGHT_OF_LATEST = 0.3;

/** True when a day has passed since the whole document was last asked for, so that a wrong "unchanged" cannot last. */
export function isFullFetchDue(polling: FeedPolling, now: Instant): boolean {
  return polling.lastFullFetchAt === null || timeBetween(polling.lastFullFetchAt, now) >= DAY;
}

/**
 * The polling state after a fetch. A feed that is well is asked as often as it changes and allows, between ten minutes and a day;
 * one that fails waits twice as long each time, up to a day; a server's Retry-After is kept.
 */
export function learnFromFetch(
  polling: FeedPolling,
  lesson: FetchLesson,
  now: Instant,
): FeedPolling {
  const isGood = lesson.outcome === 'fetched' || lesson.outcome === 'unchanged';
  const learned = isGood ? learnFromAnswer(polling, lesson, now) : learnFromFailure(polling, now);
  const isGone = lesson.outcome === 'gone';
  return {
    ...learned,
    state: isGone ? 'retired' : isGood ? 'ok' : 'failing',
    lastFetchedAt: now,
    lastStatus: lesson.status ?? null,
    problem: lesson.problem,
    nextFetchAt: isGone ? null : planNextFetch(learned, lesson, now),
  };
}

function learnFromAnswer(polling: FeedPolling, lesson: FetchLesson, now: Instant): FeedPolling {
  const isFetched = lesson.outcome === 'fetched';
  const isWhole = isFetched || lesson.contentHash !== undefined;
  const keep = (said: string | null | undefined, before: string | null): string | null =>
    said === undefined && !isFetched ? before : (said ?? null);
  return {
    ...polling,
    ...learnPace(polling, lesson, now),
    failures: 0,
    failingSince: null,
    etag: keep(lesson.etag, polling.etag),
    lastModified: keep(lesson.lastModified, polling.lastModified),
    lastFullFetchAt: isWhole ? now : polling.lastFullFetchAt,
    contentHash: lesson.contentHash ?? polling.contentHash,
    hints: lesson.hints ?? polling.hints,
  };
}

function learnFromFailure(polling: FeedPolling, now: Instant): FeedPolling {
  return {
    ...polling,
    failures: polling.failures + 1,
    failingSince: polling.failingSince ?? now,
  };
}

/** A first look cannot tell how often a feed changes, but the date of its newest article tells how long it has been silent. */
function learnPace(
  polling: FeedPolling,
  lesson: FetchLesson,
  now: Instant,
): Pick<FeedPolling, 'lastChangedAt' | 'changeSeconds'> {
  const { lastChangedAt, changeSeconds } = polling;
  if (!lesson.hasNews) return { lastChangedAt, changeSeconds };
  if (lastChangedAt === null) {
    const newestAt = lesson.newestAt ?? now;
    return { lastChangedAt: newestAt < now ? newestAt : now, changeSeconds };
  }
  const latest = Math.max(0, timeBetween(lastChangedAt, now)) / SECOND;
  const usual = changeSeconds ?? latest;
  return {
    lastChangedAt: now,
    changeSeconds: Math.round(usual + WEIGHT_OF_LATEST * (latest - usual)),
  };
}

function planNextFetch(learned: FeedPolling, lesson: FetchLesson, now: Instant): Instant {
  if (lesson.isLocal) return addTime(now, SHORTEST_WAIT);
  const asked = (lesson.retryAfterSeconds ?? 0) * SECOND;
  if (learned.failures > 0) {
    const backOff = SHORTEST_WAIT * 2 ** (learned.failures - 1);
    return addTime(now, keepInRange(Math.max(backOff, asked)));
  }
  const fresh = (lesson.cacheSeconds ?? 0) * SECOND;
  const hinted = (learned.hints.minutes ?? 0) * MINUTE;
  const wait = keepInRange(Math.max(choosePace(learned, now), fresh, hinted, asked));
  return leaveSkippedHours(addTime(now, wait), learned.hints, addTime(now, LONGEST_WAIT));
}

function choosePace(learned: FeedPolling, now: Instant): number {
  const usual = learned.changeSeconds === null ? UNKNOWN_CHANGE : learned.changeSeconds * SECOND;
  const silence = learned.lastChangedAt === null ? 0 : timeBetween(learned.lastChangedAt, now);
  return Math.max(usual / LOOKS_PER_CHANGE, silence / LOOKS_PER_SILENCE);
}

/** The instant itself, or the beginning of the next hour that the feed does not ask to skip, but never after `latest`. */
function leaveSkippedHours(instant: Instant, hints: PollingHints, latest: Instant): Instant {
  let free = instant;
  while (free < latest && isSkipped(free, hints)) {
    free = `${addTime(free, HOUR).slice(0, 13)}:00:00.000Z`;
  }
  return free < latest ? free : latest;
}

function isSkipped(instant: Instant, hints: PollingHints): boolean {
  const hour = Number(instant.slice(11, 13));
  return (
    hints.skippedHours.includes(hour) || hints.skippedDays.includes(weekdayOf(instant.slice(0, 10)))
  );
}

function keepInRange(wait: number): number {
  return Math.min(Math.max(wait, SHORTEST_WAIT), LONGEST_WAIT);
}
