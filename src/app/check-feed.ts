import type { Article } from '../domain/article.ts';
import { learnFromFetch } from '../domain/feed-polling.ts';
import { NEVER_FETCHED } from '../domain/feed.ts';
import { MINUTE, timeBetween } from '../domain/instant.ts';
import { resolveFeedUrl } from '../newsletter-config.ts';
import type { App } from './app.ts';
import { openFeedReader } from './gather-feeds.ts';
import { readFeed } from './read-feed.ts';

/** What a feed gives when it is fetched once and nothing is stored. */
export interface CheckedFeed {
  readonly url: string;
  readonly title: string | null;
  /** One sentence of what is wrong, or null. */
  readonly problem: string | null;
  /** HTTP status; null when there was no answer, and for folders. */
  readonly status: number | null;
  /** Where it moved for good; null when it did not. */
  readonly movedTo: string | null;
  /** Minutes after which it would be fetched again; null for never. */
  readonly waitMinutes: number | null;
  readonly articles: readonly Article[];
}

/** Fetches one feed for its owner to look at; stores nothing. */
export async function checkFeed(app: App, address: string, folder: string): Promise<CheckedFeed> {
  const url = resolveFeedUrl(address, folder);
  const reader = openFeedReader(app);
  const feed = {
    id: '',
    url,
    title: null,
    outlet: null,
    weight: 1,
    language: null,
    polling: NEVER_FETCHED,
  };
  try {
    const now = app.now();
    const { title, articles, movedTo, ...lesson } = await readFeed(reader, feed, {
      isFull: true,
      now,
    });
    const hasNews = articles.length > 0;
    const { nextFetchAt } = learnFromFetch(NEVER_FETCHED, { ...lesson, hasNews }, now);
    return {
      url,
      title,
      problem: lesson.problem,
      status: lesson.status ?? null,
      movedTo,
      waitMinutes: nextFetchAt === null ? null : Math.round(timeBetween(now, nextFetchAt) / MINUTE),
      articles,
    };
  } finally {
    await reader.guard.close();
  }
}
