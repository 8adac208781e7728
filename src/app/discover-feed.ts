import { BriefingError } from '../domain/briefing-error.ts';
import type { Feed } from '../domain/feed.ts';
import { fetchFeed } from '../gather/fetch-feed.ts';
import type { ParsedFeed, Unreadable } from '../gather/parse-feed.ts';
import { resolveFeedUrl } from '../newsletter-config.ts';
import { findFeed } from '../store/feeds.ts';
import { addFeed, type FeedWish } from './add-feed.ts';
import type { App } from './app.ts';
import type { FeedReader } from './feed-kind.ts';
import { openFeedReader } from './gather-feeds.ts';

/** A feed that was added, and how it was found. */
export interface DiscoveredFeed {
  readonly feed: Feed;
  /** Further feeds the same page names. */
  readonly others: readonly string[];
  /** Why it could not be looked at before it was added; null when it could. */
  readonly warning: string | null;
}

type Found = Omit<DiscoveredFeed, 'feed'> & { readonly url: string };
type Reading = ParsedFeed | Unreadable | { readonly problem: string };

/** Where sites keep their feed, the commonest places first. */
const USUAL_PATHS = [
  '/feed',
  '/rss.xml',
  '/feed.xml',
  '/atom.xml',
  '/index.xml',
  '/rss',
  '/feed.json',
];
const MOST_NAMED = 10;

/**
 * Adds the feed at an address, or the one that belongs to the web page there: the first it names, else one in the usual places.
 * An address that cannot be reached now is added as it is. Throws BriefingError when the page has no feed.
 */
export async function addDiscoveredFeed(
  app: App,
  wish: FeedWish,
  folder: string,
): Promise<DiscoveredFeed> {
  const url = resolveFeedUrl(wish.address, folder);
  const isNew = /^https?:/i.test(url) && (await findFeed(app.store, url)) === null;
  const found = isNew ? await discoverFeed(app, url) : { url, others: [], warning: null };
  const feed = await addFeed(app, { ...wish, address: found.url }, folder);
  return { feed, others: found.others, warning: found.warning };
}

async function discoverFeed(app: App, url: string): Promise<Found> {
  const reader = openFeedReader(app);
  const read = (place: string): Promise<Reading> => readPlace(app, reader, place);
  try {
    const first = await read(url);
    if ('problem' in first) return { url, others: [], warning: first.problem };
    if (!('error' in first)) return { url, others: [], warning: null };
    const named = [...new Set(first.alternates)].slice(0, MOST_NAMED);
    const usual = USUAL_PATHS.map((path) => new URL(path, url).href);
    for (const place of [...named, ...usual]) {
      if (!isFeed(await read(place))) continue;
      return { url: place, others: named.filter((other) => other !== place), warning: null };
    }
    throw new BriefingError(
      'invalid',
      `No feed was found at ${url}. ${first.error} Look for an RSS or Atom link on the site and add that address.`,
    );
  } finally {
    await reader.guard.close();
  }
}

async function readPlace(app: App, { guard, parser }: FeedReader, url: string): Promise<Reading> {
  const request = { url, etag: null, lastModified: null, isFull: true, now: app.now() };
  const fetched = await fetchFeed(guard, request);
  if (fetched.outcome === 'unchanged') return { problem: `${url} sent nothing.` };
  if (fetched.outcome !== 'fetched') return { problem: fetched.problem };
  return await parser.parse(fetched.bytes, { contentType: fetched.contentType, url: fetched.url });
}

function isFeed(reading: Reading): boolean {
  return !('problem' in reading) && !('error' in reading);
}
