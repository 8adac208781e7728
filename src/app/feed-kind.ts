import type { Secret } from '../domain/secret.ts';
import type { Article } from '../domain/article.ts';
import type { FetchLesson } from '../domain/feed-polling.ts';
import type { Feed } from '../domain/feed.ts';
import type { Instant } from '../domain/instant.ts';
import type { FeedParser } from '../gather/open-feed-parser.ts';
import type { FetchGuard } from '../gather/open-fetch-guard.ts';

/** A feed once read: its articles in order, and what the reading taught us. */
export interface ReadFeed extends FetchLesson {
  readonly articles: readonly Article[];
  readonly title: string | null;
  readonly movedTo: string | null;
}

/** What reading needs: the way out, the one who parses, and the password of mailboxes. */
export interface FeedReader {
  readonly guard: FetchGuard;
  readonly parser: FeedParser;
  readonly mailPassword: Secret;
}

export interface ReadOptions {
  /** True asks for the whole document and reads it, whatever we remember of it. */
  readonly isFull: boolean;
  readonly now: Instant;
}

/** A kind of feed: what lies behind addresses of one sort, and how it is read. */
export interface FeedKind {
  /** Whether a feed at this address is of the kind. */
  matches(url: string): boolean;
  /** Reads a feed. Whatever the feed does is a value with a `problem`, never an exception. */
  read(reader: FeedReader, feed: Feed, options: ReadOptions): Promise<ReadFeed>;
}

/** What every reading begins with. */
export const NOTHING_READ = { articles: [], title: null, movedTo: null, retryAfterSeconds: null };
