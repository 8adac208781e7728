import { randomUUID } from 'node:crypto';
import {
  NO_HINTS,
  type Feed,
  type FeedPolling,
  type FeedUse,
  type PollingHints,
} from '../domain/feed.ts';
import { addTime, type Instant } from '../domain/instant.ts';
import type { Store } from './open-store.ts';
import type { FeedRow } from './schema.ts';

/** What the owner says about a feed. */
export type FeedDefinition = Pick<Feed, 'url' | 'outlet' | 'weight' | 'language'>;

/** All feeds, or those of one newsletter, by URL. */
export async function listFeeds(store: Store, newsletter?: string): Promise<readonly Feed[]> {
  let query = store.db.selectFrom('feeds').selectAll().orderBy('url');
  if (newsletter !== undefined) {
    query = query.where('id', 'in', (q) =>
      q.selectFrom('newsletter_feeds').select('feed_id').where('newsletter', '=', newsletter),
    );
  }
  return (await query.execute()).map(toFeed);
}

/** The feed with this id or URL, or null. */
export async function findFeed(store: Store, idOrUrl: string): Promise<Feed | null> {
  const row = await store.db
    .selectFrom('feeds')
    .selectAll()
    .where((where) => where.or([where('id', '=', idOrUrl), where('url', '=', idOrUrl)]))
    .executeTakeFirst();
  return row ? toFeed(row) : null;
}

/** Adds a feed or updates what the owner says about it; its health and its articles stay. */
export async function saveFeed(
  store: Store,
  definition: FeedDefinition,
  now: Instant,
): Promise<Feed> {
  const { url, ...said } = definition;
  await store.db
    .insertInto('feeds')
    .values({ id: randomUUID(), state: 'new', failures: 0, created_at: now, ...definition })
    .onConflict((conflict) => conflict.column('url').doUpdateSet(said))
    .execute();
  const feed = await findFeed(store, url);
  if (!feed) throw new Error('a feed just saved is not there');
  return feed;
}

/** Lets a newsletter use a feed, or changes how it does. */
export async function saveFeedUse(store: Store, use: FeedUse): Promise<void> {
  const options = {
    theme_hint: use.themeHint,
    excluded_words: JSON.stringify(use.excludedWords),
    is_headline_only: use.isHeadlineOnly ? 1 : 0,
  };
  await store.db
    .insertInto('newsletter_feeds')
    .values({ newsletter: use.newsletter, feed_id: use.feedId, ...options })
    .onConflict((conflict) => conflict.columns(['newsletter', 'feed_id']).doUpdateSet(options))
    .execute();
}

/** How every newsletter uses every feed. */
export async function listFeedUses(store: Store): Promise<readonly FeedUse[]> {
  const rows = await store.db.selectFrom('newsletter_feeds').selectAll().execute();
  return rows.map((row) => ({
    newsletter: row.newsletter,
    feedId: row.feed_id,
    themeHint: row.theme_hint,
    excludedWords: JSON.parse(row.excluded_words) as string[],
    isHeadlineOnly: row.is_headline_only === 1,
  }));
}

/** Takes a feed out of one newsletter; the feed itself goes when no newsletter uses it, its articles stay. */
export async function removeFeedUse(
  store: Store,
  newsletter: string,
  feedId: string,
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('newsletter_feeds')
      .where('newsletter', '=', newsletter)
      .where('feed_id', '=', feedId)
      .execute();
    await trx
      .deleteFrom('feeds')
      .where('id', '=', feedId)
      .where('id', 'not in', (q) => q.selectFrom('newsletter_feeds').select('feed_id'))
      .execute();
  });
}

/** The feeds whose time has come and that nobody is at: the healthy first, and the longest waiting of those. */
export async function listDueFeeds(
  store: Store,
  now: Instant,
): Promise<readonly Pick<Feed, 'id' | 'url'>[]> {
  return await store.db
    .selectFrom('feeds')
    .select(['id', 'url'])
    .where('state', '!=', 'retired')
    .where((where) =>
      where.or([where('next_fetch_at', 'is', null), where('next_fetch_at', '<=', now)]),
    )
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<', now)]))
    .orderBy('failures')
    .orderBy('next_fetch_at')
    .orderBy('url')
    .execute();
}

/**
 * Takes one feed and keeps other processes off it until `leaseMs` have passed; null when another was faster.
 * One that is forced need not be due.
 */
export async function claimFeed(
  store: Store,
  id: string,
  claim: { now: Instant; leaseMs: number; isForced: boolean },
): Promise<Feed | null> {
  let query = store.db
    .updateTable('feeds')
    .set({ lease_until: addTime(claim.now, claim.leaseMs) })
    .where('id', '=', id)
    .where((where) =>
      where.or([where('lease_until', 'is', null), where('lease_until', '<', claim.now)]),
    );
  if (!claim.isForced) {
    query = query
      .where('state', '!=', 'retired')
      .where((where) =>
        where.or([where('next_fetch_at', 'is', null), where('next_fetch_at', '<=', claim.now)]),
      );
  }
  const row = await query.returningAll().executeTakeFirst();
  return row ? toFeed(row) : null;
}

/** Writes down what a fetch taught us and gives the feed back. */
export async function recordFetch(
  store: Store,
  feedId: string,
  learned: { polling: FeedPolling; title?: string | null; url?: string },
): Promise<void> {
  const { polling, title, url } = learned;
  await store.db
    .updateTable('feeds')
    .set({
      state: polling.state,
      etag: polling.etag,
      last_modified: polling.lastModified,
      last_fetched_at: polling.lastFetchedAt,
      last_full_fetch_at: polling.lastFullFetchAt,
      next_fetch_at: polling.nextFetchAt,
      failures: polling.failures,
      problem: polling.problem,
      failing_since: polling.failingSince,
      last_status: polling.lastStatus,
      content_hash: polling.contentHash,
      last_changed_at: polling.lastChangedAt,
      change_seconds: polling.changeSeconds,
      polling_hints: JSON.stringify(polling.hints),
      lease_until: null,
      ...(title ? { title } : {}),
    })
    .where('id', '=', feedId)
    .execute();
  if (url) await moveFeed(store, feedId, url);
}

async function moveFeed(store: Store, feedId: string, url: string): Promise<void> {
  const taken = await findFeed(store, url);
  if (!taken) await store.db.updateTable('feeds').set({ url }).where('id', '=', feedId).execute();
}

function toFeed(row: FeedRow): Feed {
  return {
    id: row.id,
    url: row.url,
    title: row.title,
    outlet: row.outlet,
    weight: row.weight,
    language: row.language,
    polling: {
      state: row.state,
      etag: row.etag,
      lastModified: row.last_modified,
      lastFetchedAt: row.last_fetched_at,
      lastFullFetchAt: row.last_full_fetch_at,
      nextFetchAt: row.next_fetch_at,
      failures: row.failures,
      problem: row.problem,
      failingSince: row.failing_since,
      lastStatus: row.last_status,
      contentHash: row.content_hash,
      lastChangedAt: row.last_changed_at,
      changeSeconds: row.change_seconds,
      hints:
        row.polling_hints === null ? NO_HINTS : (JSON.parse(row.polling_hints) as PollingHints),
    },
  };
}
