import type { Instant } from './instant.ts';

/** How a feed is doing, in one word. `retired` means its server said 410 Gone. */
export type FeedState = 'new' | 'ok' | 'failing' | 'retired';

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
}

export const NEVER_FETCHED: FeedPolling = {
  state: 'new',
  etag: null,
  lastModified: null,
  lastFetchedAt: null,
  lastFullFetchAt: null,
  nextFetchAt: null,
  failures: 0,
  problem: null,
};
