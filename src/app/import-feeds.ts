import { BriefingError } from '../domain/briefing-error.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { decodeBytes } from '../gather/decode-bytes.ts';
import { parseOpml, type FeedList, type ListedFeed } from '../gather/parse-opml.ts';
import { writeOpml } from '../gather/write-opml.ts';
import { findFeed, listFeeds, listFeedUses, saveFeed, saveFeedUse } from '../store/feeds.ts';
import type { App } from './app.ts';
import { chooseNewsletter } from './choose-newsletter.ts';

/** What an import of feeds came to, with each refused line and its reason. */
export interface ImportedFeeds {
  readonly added: number;
  /** Feeds the newsletter had already, or that the list names again. */
  readonly known: number;
  readonly refused: FeedList['refused'];
}

/** An OPML document, and how many feeds are not in it because they are not on the web. */
export interface ExportedFeeds {
  readonly opml: string;
  readonly leftOut: number;
}

/** Adds the feeds of an OPML document to a newsletter: titles become outlets, a folder that names a theme its leaning. Feeds it has already stay as they are. */
export async function importFeeds(
  app: App,
  bytes: Uint8Array,
  newsletterSlug?: string,
): Promise<ImportedFeeds> {
  const newsletter = await chooseNewsletter(app, newsletterSlug);
  const { feeds, refused } = parseOpml(decodeBytes(bytes, null).text);
  if (feeds.length === 0 && refused.length === 0)
    throw new BriefingError('invalid', 'The OPML document names no feed. Nothing was added.');
  const known = new Set((await listFeeds(app.store, newsletter.slug)).map(({ url }) => url));
  const before = known.size;
  for (const feed of feeds) {
    if (known.has(feed.url)) continue;
    known.add(feed.url);
    await importFeed(app, feed, newsletter);
  }
  const added = known.size - before;
  return { added, known: feeds.length - added, refused };
}

/** The feeds of a newsletter as an OPML document, each in a folder named after the theme it leans to. */
export async function exportFeeds(app: App, newsletterSlug?: string): Promise<ExportedFeeds> {
  const newsletter = await chooseNewsletter(app, newsletterSlug);
  const feeds = await listFeeds(app.store, newsletter.slug);
  const uses = (await listFeedUses(app.store)).filter((use) => use.newsletter === newsletter.slug);
  const hints = new Map(uses.map(({ feedId, themeHint }) => [feedId, themeHint]));
  const onWeb = feeds.filter(({ url }) => /^https?:/.test(url));
  const listed = onWeb.map(({ id, url, outlet, title, language }) => {
    const hint = hints.get(id) ?? null;
    const folder = newsletter.themes.find(({ slug }) => slug === hint)?.name ?? hint;
    return { url, title: outlet ?? title ?? new URL(url).host, language, folder };
  });
  return { opml: writeOpml(newsletter.name, listed), leftOut: feeds.length - onWeb.length };
}

/** A feed another newsletter uses stays as its owner described it. */
async function importFeed(app: App, listed: ListedFeed, newsletter: Newsletter): Promise<void> {
  const theme = findTheme(listed, newsletter);
  const { url, title } = listed;
  const feed =
    (await findFeed(app.store, url)) ??
    (await saveFeed(app.store, { url, outlet: title, weight: 1, language: null }, app.now()));
  await saveFeedUse(app.store, {
    newsletter: newsletter.slug,
    feedId: feed.id,
    themeHint: theme,
    excludedWords: [],
  });
}

function findTheme({ folders }: ListedFeed, { themes }: Newsletter): string | null {
  for (const folder of folders.map((name) => name.toLowerCase())) {
    const theme = themes.find(({ slug, name }) => [slug, name.toLowerCase()].includes(folder));
    if (theme) return theme.slug;
  }
  return null;
}
