import { isFullFetchDue, learnFromFetch, type FetchLesson } from '../domain/feed-polling.ts';
import type { Feed } from '../domain/feed.ts';
import { MINUTE } from '../domain/instant.ts';
import { openFetchGuard, type FetchGuard } from '../gather/open-fetch-guard.ts';
import { saveArticles, type SavedArticles } from '../store/articles.ts';
import { claimDueFeeds, recordFetch } from '../store/feeds.ts';
import type { App } from './app.ts';
import { readFeed } from './read-feed.ts';

/** What became of one feed. */
export interface GatheredFeed extends SavedArticles {
  readonly feed: string;
  readonly url: string;
  readonly outcome: FetchLesson['outcome'];
  readonly problem: string | null;
}

const FEEDS_AT_ONCE = 8;
const CLAIM = { limit: 32, leaseMs: 2 * MINUTE };

/** Fetches every feed that is due, or the one named whether due or not; one that breaks never stops the others. */
export async function gatherFeeds(
  app: App,
  options: { feedId?: string; onFeed?: (gathered: GatheredFeed) => void } = {},
): Promise<readonly GatheredFeed[]> {
  const guard = openAppGuard(app);
  const gathered: GatheredFeed[] = [];
  const only = options.feedId === undefined ? {} : { feedId: options.feedId, isForced: true };
  try {
    for (;;) {
      const feeds = [...(await claimDueFeeds(app.store, { now: app.now(), ...CLAIM, ...only }))];
      const workers = Array.from({ length: FEEDS_AT_ONCE }, async () => {
        for (let feed = feeds.shift(); feed; feed = feeds.shift()) {
          const result = await gatherFeed(app, guard, feed);
          gathered.push(result);
          options.onFeed?.(result);
        }
      });
      const claimed = feeds.length > 0;
      await Promise.all(workers);
      if (!claimed || options.feedId !== undefined) return gathered;
    }
  } finally {
    await guard.close();
  }
}

/** The one way out to the network, as the settings allow it. */
export function openAppGuard(app: App): FetchGuard {
  const contact = app.settings.publicUrl ? ` (+${app.settings.publicUrl})` : '';
  return openFetchGuard({ allow: app.settings.fetchAllow, userAgent: `daybrief/0.1${contact}` });
}

async function gatherFeed(app: App, guard: FetchGuard, feed: Feed): Promise<GatheredFeed> {
  const isFull = isFullFetchDue(feed.polling, app.now());
  const { articles, title, movedTo, ...lesson } = await readFeed(guard, feed, {
    isFull,
    now: app.now(),
  });
  const now = app.now();
  const counts = await saveArticles(app.store, articles, { feedId: feed.id, now });
  await recordFetch(app.store, feed.id, {
    polling: learnFromFetch(feed.polling, lesson, now),
    title,
    ...(movedTo ? { url: movedTo } : {}),
  });
  app.log[lesson.problem ? 'warn' : 'info']('feed.gathered', {
    feed: feed.id,
    outcome: lesson.outcome,
    added: counts.added,
    problem: lesson.problem,
  });
  return {
    feed: feed.id,
    url: feed.url,
    outcome: lesson.outcome,
    problem: lesson.problem,
    ...counts,
  };
}
