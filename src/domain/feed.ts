import type { Instant } from './instant.ts';
import type { Weekday } from './local-time.ts';

/** How a feed is doing, in one word. `retired` means its server said 410 Gone. */
export type FeedState = 'new' | 'ok' | 'failing' | 'retired';

/** What a feed document asks of those who poll it; hours and days are UTC. */
export interface PollingHints {
  /** Least minutes between two fetches (RSS `ttl`, `sy:updatePeriod`); null when it does not say. */
  readonly minutes: number | null;
  /** 0 to 23: hours in which nothing new appears. */
  readonly skippedHours: readonly number[];
  readonly skippedDays: readonly Weekday[];
}

/** What the last fetches taught us, and what the next one needs. */
export interface FeedPolling {
  readonly state: FeedState;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly lastFetchedAt: Instant | null;
  readonly lastFullFetchAt: Instant | null;
  readonly nextFetchAt: Instant | null;
  readonly failures: number;
  /** One sentence for people: what went wrong last; null when nothing did. */
  readonly problem: string | null;
  /** When the failures in a row began; null while the feed is well. */
  readonly failingSince: Instant | null;
  /** The last HTTP status; null when there was no answer, and for folders. */
  readonly lastStatus: number | null;
  /** SHA-256 of the last document that was read, to know it again where the server ignores conditional requests. */
  readonly contentHash: string | null;
  /** When something new was last found in it. */
  readonly lastChangedAt: Instant | null;
  /** Seconds that usually pass between two changes, the latest ones weighing most; null until two were seen. */
  readonly changeSeconds: number | null;
  readonly hints: PollingHints;
}

/** A URL (or a `file:` URL of a folder or file of wire texts) we gather from. */
export interface Feed {
  readonly id: string;
  readonly url: string;
  readonly title: string | null;
  /** Publisher set by the owner; null means each article's own outlet is used. */
  readonly outlet: string | null;
  /** How much an article from here counts, 1 is ordinary. */
  readonly weight: number;
  readonly language: string | null;
  readonly polling: FeedPolling;
}

/** How one newsletter uses one feed. */
export interface FeedUse {
  readonly newsletter: string;
  readonly feedId: string;
  /** Theme slug its articles lean to; null for none. */
  readonly themeHint: string | null;
  /** An article whose title contains one of these words is left out. */
  readonly excludedWords: readonly string[];
  /** True when nothing but titles and links of it may be printed, while its texts still tell what belongs together; left out where more may. */
  readonly isHeadlineOnly?: boolean;
}

export const NO_HINTS: PollingHints = { minutes: null, skippedHours: [], skippedDays: [] };

export const NEVER_FETCHED: FeedPolling = {
  state: 'new',
  etag: null,
  lastModified: null,
  lastFetchedAt: null,
  lastFullFetchAt: null,
  nextFetchAt: null,
  failures: 0,
  problem: null,
  failingSince: null,
  lastStatus: null,
  contentHash: null,
  lastChangedAt: null,
  changeSeconds: null,
  hints: NO_HINTS,
};
