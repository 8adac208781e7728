import { parseFeed as parseWithFeedsmith } from 'feedsmith';
import RssParser from 'rss-parser';
import { decodeBytes } from '../../src/gather/decode-bytes.ts';
import { parseDate } from '../../src/gather/parse-date.ts';
import { parseFeed } from '../../src/gather/parse-feed.ts';

/** A parser under measurement: yields what the scorer of the cases reads, or throws. */
export interface MeasuredParser {
  readonly name: string;
  parse(bytes: Uint8Array, options: ParseOptions): object | Promise<object>;
}

interface ParseOptions {
  readonly contentType: string | null;
  readonly url: string | null;
}

type Loose = Readonly<Record<string, unknown>>;

/** Ours, and two of npm that are given the text already decoded by ours, because they take no bytes. */
export const PARSERS: readonly MeasuredParser[] = [
  { name: 'daybrief', parse: parseOurs },
  { name: 'feedsmith', parse: (...input) => parseFeedsmith(decode(...input)) },
  { name: 'rss-parser', parse: (...input) => parseRssParser(decode(...input)) },
];

function decode(bytes: Uint8Array, { contentType }: ParseOptions): string {
  return decodeBytes(bytes, contentType).text;
}

function parseOurs(bytes: Uint8Array, options: ParseOptions): object {
  const parsed = parseFeed(bytes, { ...options, isRaw: true });
  if ('error' in parsed) throw new Error(parsed.error);
  const { entries, ...feed } = parsed;
  return {
    encoding: parsed.encoding,
    feed: { ...feed, link: feed.url, updated: feed.updatedAt, published: feed.publishedAt },
    items: entries.map((entry) => ({
      ...entry,
      link: entry.url,
      published: entry.publishedAt,
      updated: entry.updatedAt,
      summary: entry.summaryHtml,
      content: entry.contentHtml,
    })),
  };
}

async function parseRssParser(text: string): Promise<object> {
  const feed = (await new RssParser().parseString(text)) as unknown as Loose;
  return {
    feed: { ...feed },
    items: listOf(feed['items']).map((item) => ({
      title: item['title'],
      link: item['link'],
      id: item['guid'] ?? item['id'],
      published: item['isoDate'],
      updated: item['isoDate'],
      summary: item['summary'] ?? item['content'],
      content: item['content:encoded'] ?? item['content'],
      authors: [{ name: item['creator'] ?? item['author'] }],
      categories: item['categories'] ?? [],
      enclosures: item['enclosure'] ? [item['enclosure']] : [],
    })),
  };
}

function parseFeedsmith(text: string): object {
  const { feed } = parseWithFeedsmith(text) as { feed: Loose };
  return {
    feed: {
      title: plainOf(feed['title']),
      link: feed['link'] ?? feed['home_page_url'] ?? linkOf(feed, 'alternate'),
      description: plainOf(feed['description'] ?? feed['subtitle']),
      language: feed['language'],
      id: feed['id'],
      updated: dateOf(feed['updated'] ?? feed['lastBuildDate']),
      published: dateOf(feed['pubDate']),
      self: linkOf(feed, 'self') ?? feed['feed_url'],
    },
    items: listOf(feed['items'] ?? feed['entries']).map(mapFeedsmithItem),
  };
}

function mapFeedsmithItem(item: Loose): object {
  const dublinCore = (item['dc'] ?? {}) as Readonly<Record<string, readonly unknown[]>>;
  const encoded = (item['content'] as Loose | undefined)?.['encoded'];
  const date =
    item['pubDate'] ?? item['published'] ?? item['date_published'] ?? dublinCore['dates']?.[0];
  return {
    title: plainOf(item['title'] ?? dublinCore['titles']?.[0]),
    link: item['link'] ?? item['url'] ?? linkOf(item, 'alternate') ?? guidLinkOf(item['guid']),
    id: plainOf(item['guid'] ?? item['id']),
    published: dateOf(date ?? item['updated']),
    updated: dateOf(item['updated'] ?? item['date_modified']),
    summary: plainOf(item['description'] ?? item['summary']),
    content: encoded ?? plainOf(item['content']) ?? item['content_html'] ?? item['content_text'],
    authors: item['authors'] ?? (dublinCore['creators'] ?? []).map((name) => ({ name })),
    categories: listOf(item['categories']).map((category) => category['name'] ?? category['term']),
    enclosures: item['enclosures'] ?? item['attachments'] ?? [],
  };
}

function listOf(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? (value as readonly Loose[]) : [];
}

/** Atom's texts come as an object with their type. */
function plainOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as Loose)['value'] : value;
}

function linkOf(node: Loose, relation: string): unknown {
  return listOf(node['links']).find((link) => (link['rel'] ?? 'alternate') === relation)?.['href'];
}

function guidLinkOf(guid: unknown): unknown {
  return (guid as Loose | undefined)?.['isPermaLink'] === false ? undefined : plainOf(guid);
}

/** Dates come as written; reading them is left to ours. */
function dateOf(value: unknown): string | null {
  return typeof value === 'string' ? parseDate(value) : null;
}
