import { setImmediate as letOthersRun } from 'node:timers/promises';
import { isFullFetchDue, learnFromFetch, type FetchLesson } from '../domain/feed-polling.ts';
import type { Feed } from '../domain/feed.ts';
import { MINUTE } from '../domain/instant.ts';
import { openFeedParser } from '../gather/open-feed-parser.ts';
import { openFetchGuard } from '../gather/open-fetch-guard.ts';
import { saveArticles, type SavedArticles } from '../store/articles.ts';
import { claimFeed, findFeed, listDueFeeds, recordFetch } from '../store/feeds.ts';
import type { App } from './app.ts';
import { completeArticles } from './complete-articles.ts';
import { learnWords } from './learn-words.ts';
import { NOTHING_READ, type FeedReader, type ReadFeed } from './feed-kind.ts';
import { readFeed } from './read-feed.ts';
import { visitHosts } from './visit-hosts.ts';

/** What became of one feed; `put off` is one left for the next run because its host has had its time. */
export interface GatheredFeed extends SavedArticles {
  readonly feed: string;
  readonly url: string;
  readonly outcome: FetchLesson['outcome'] | 'put off';
  readonly problem: string | null;
}

type NamedFeed = Pick<Feed, 'id' | 'url'>;

interface GatherOptions {
  /** Only this feed, due or not. */
  readonly feed?: NamedFeed;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A host that took two minutes of one run would soon make the morning wait. */
const LIMITS = { inAll: 32, perHost: 2, pauseMs: 100, hostMs: 2 * MINUTE };
const LEASE_MS = 2 * MINUTE;
const NO_ARTICLES = { added: 0, changed: 0, unchanged: 0 };

/** Fetches every feed that is due, or the one named whether due or not; one that breaks never stops the others. */
export async function gatherFeeds(
  app: App,
  options: GatherOptions = {},
): Promise<readonly GatheredFeed[]> {
  const due = options.feed ? [options.feed] : await listDueFeeds(app.store, app.now());
  const isForced = options.feed !== undefined;
  const gathered: GatheredFeed[] = [];
  const note = (result: GatheredFeed): void => {
    gathered.push(result);
    options.onProgress?.(gathered.length, due.length);
  };
  const reader = openFeedReader(app);
  try {
    const visitor = {
      async visit({ id }: NamedFeed) {
        const feed = await claimFeed(app.store, id, {
          now: app.now(),
          leaseMs: LEASE_MS,
          isForced,
        });
        const result = feed && (await gatherFeed(app, reader, { feed, isForced }));
        if (result) note(result);
      },
      putOff: (feed: NamedFeed) => note(putOff(feed)),
      now: app.now,
    };
    await visitHosts(due, visitor, LIMITS);
    if (gathered.length > 0) {
      await completeArticles(app, reader.guard);
      await learnWords(app);
    }
    return gathered;
  } finally {
    await reader.guard.close();
  }
}

/** What reads feeds over the network, as the settings allow it. Its guard must be closed. */
export function openFeedReader(app: App): FeedReader {
  const contact = app.settings.publicUrl ? ` (+${app.settings.publicUrl})` : '';
  const guard = openFetchGuard({
    allow: app.settings.fetchAllow,
    userAgent: `daybrief/0.1${contact}`,
  });
  return { guard, parser: openFeedParser(), mailPassword: app.settings.imapPassword };
}

interface ClaimedFeed {
  readonly feed: Feed;
  readonly isForced: boolean;
}

/** Null for a feed that its owner removed while it was being read. */
async function gatherFeed(
  app: App,
  reader: FeedReader,
  claimed: ClaimedFeed,
): Promise<GatheredFeed | null> {
  const { feed } = claimed;
  const { articles, title, movedTo, ...lesson } = await readWithoutFail(app, reader, claimed);
  await letOthersRun();
  if (!(await findFeed(app.store, feed.id))) return null;
  const now = app.now();
  const counts =
    articles.length > 0
      ? await saveArticles(app.store, articles, { feedId: feed.id, now })
      : NO_ARTICLES;
  const hasNews = counts.added + counts.changed > 0;
  await recordFetch(app.store, feed.id, {
    polling: learnFromFetch(feed.polling, { ...lesson, hasNews }, now),
    title,
    ...(movedTo ? { url: movedTo } : {}),
  });
  const { outcome, problem } = lesson;
  app.log[problem ? 'warn' : 'info']('feed.gathered', {
    feed: feed.id,
    outcome,
    added: counts.added,
    problem,
  });
  return { feed: feed.id, url: feed.url, outcome, problem, ...counts };
}

/** A fault of ours that one odd feed brings to light must not cost the others their morning. */
async function readWithoutFail(
  app: App,
  reader: FeedReader,
  { feed, isForced }: ClaimedFeed,
): Promise<ReadFeed> {
  const now = app.now();
  const isFull = isForced || isFullFetchDue(feed.polling, now);
  try {
    return await readFeed(reader, feed, { isFull, now });
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    app.log.error('feed.broke', { feed: feed.id, why });
    const problem = 'A fault in daybrief keeps this feed from being read; the log names it.';
    return { ...NOTHING_READ, outcome: 'failed', problem };
  }
}

function putOff({ id, url }: NamedFeed): GatheredFeed {
  const place = URL.canParse(url) ? new URL(url).host : '';
  const problem = `${place || 'This machine'} is slow; this feed waits for the next run.`;
  return { feed: id, url, outcome: 'put off', problem, ...NO_ARTICLES };
}
