import type { Article } from '../domain/article.ts';
import { NEVER_FETCHED } from '../domain/feed.ts';
import { resolveFeedUrl } from '../newsletter-config.ts';
import type { App } from './app.ts';
import { openAppGuard } from './gather-feeds.ts';
import { readFeed } from './read-feed.ts';

/** What a feed gives when it is fetched once and nothing is stored. */
export interface CheckedFeed {
  readonly url: string;
  readonly title: string | null;
  /** One sentence of what is wrong, or null. */
  readonly problem: string | null;
  readonly articles: readonly Article[];
}

/** Fetches one feed for its owner to look at; stores nothing. */
export async function checkFeed(app: App, address: string, folder: string): Promise<CheckedFeed> {
  const url = resolveFeedUrl(address, folder);
  const guard = openAppGuard(app);
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
    const { title, problem, articles } = await readFeed(guard, feed, {
      isFull: true,
      now: app.now(),
    });
    return { url, title, problem, articles };
  } finally {
    await guard.close();
  }
}
