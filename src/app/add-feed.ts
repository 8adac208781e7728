import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Feed } from '../domain/feed.ts';
import { resolveFeedUrl } from '../newsletter-config.ts';
import { savePageFetching } from '../store/article-pages.ts';
import { findFeed, listFeeds, removeFeedUse, saveFeed, saveFeedUse } from '../store/feeds.ts';
import type { App } from './app.ts';
import { chooseNewsletter } from './choose-newsletter.ts';

/** What the owner says about a feed when adding it. */
export interface FeedWish {
  readonly address: string;
  readonly newsletter?: string;
  readonly outlet?: string;
  readonly weight?: number;
  readonly language?: string;
  readonly theme?: string;
  readonly exclude?: readonly string[];
  /** True prints nothing but its titles and links. */
  readonly isHeadlineOnly?: boolean;
  /** False leaves the pages of its short articles unread. */
  readonly fetchPages?: boolean;
}

/** Adds a feed, or a folder of wire texts, to a newsletter. Adding it again changes what is said about it. */
export async function addFeed(app: App, wish: FeedWish, folder: string): Promise<Feed> {
  const newsletter = await chooseNewsletter(app, wish.newsletter);
  const url = resolveFeedUrl(wish.address, folder);
  await refuseMissingFolder(url);
  const weight = wish.weight ?? 1;
  if (!(weight >= 0 && weight <= 10)) {
    throw new BriefingError('invalid', `The weight must be a number from 0 to 10, 1 is ordinary.`);
  }
  const feed = await saveFeed(
    app.store,
    { url, outlet: wish.outlet ?? null, weight, language: wish.language ?? null },
    app.now(),
  );
  await saveFeedUse(app.store, {
    newsletter: newsletter.slug,
    feedId: feed.id,
    themeHint: wish.theme ?? null,
    excludedWords: wish.exclude ?? [],
    isHeadlineOnly: wish.isHeadlineOnly ?? false,
  });
  await savePageFetching(app.store, feed.id, { fetchPages: wish.fetchPages ?? true });
  return feed;
}

/** Takes a feed, named by its id or address, out of a newsletter. Its articles stay. */
export async function removeFeed(
  app: App,
  wish: { address: string; newsletter?: string },
  folder: string,
): Promise<Feed> {
  const newsletter = await chooseNewsletter(app, wish.newsletter);
  const feed =
    (await findFeed(app.store, wish.address)) ??
    (await findFeed(app.store, resolveFeedUrl(wish.address, folder)));
  const isUsed =
    feed && (await listFeeds(app.store, newsletter.slug)).some(({ id }) => id === feed.id);
  if (!feed || !isUsed) {
    throw new BriefingError(
      'not_found',
      `The newsletter "${newsletter.slug}" has no feed ${wish.address}. See what it has with: daybrief feeds list`,
    );
  }
  await removeFeedUse(app.store, newsletter.slug, feed.id);
  return feed;
}

async function refuseMissingFolder(url: string): Promise<void> {
  if (!url.startsWith('file:')) return;
  const path = fileURLToPath(url);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    throw new BriefingError(
      'invalid',
      `There is no folder or file ${path}. A feed is an http(s) address, or a folder of wire texts that exists.`,
    );
  }
}
