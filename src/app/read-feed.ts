import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Article } from '../domain/article.ts';
import type { Feed } from '../domain/feed.ts';
import type { Instant } from '../domain/instant.ts';
import { fetchFeed, type FetchResult } from '../gather/fetch-feed.ts';
import { normalizeEntry } from '../gather/normalize-entry.ts';
import type { FeedParser } from '../gather/open-feed-parser.ts';
import type { ParsedFeed } from '../gather/parse-feed.ts';
import { readPollingHints } from '../gather/read-polling-hints.ts';
import { splitWireText } from '../gather/split-wire-text.ts';
import type { FeedKind, FeedReader, ReadFeed, ReadOptions } from './feed-kind.ts';
import { mailboxFeed } from './mailbox-feed.ts';
import { pushFeed } from './push-feed.ts';

type Fetched = FetchResult & { readonly outcome: 'fetched' };

const WIRE_ENDINGS = ['.txt', '.md', '.markdown'];
const LARGEST_WIRE_FILE = 10_000_000;
const ENTRIES_AT_A_TIME = 50;
const NOTHING = { articles: [], title: null, movedTo: null };

/** What a feed can be besides an address on the web. */
const FEED_KINDS: readonly FeedKind[] = [
  {
    matches: (url) => url.startsWith('file:'),
    read: (_, feed, options) => readWireFolder(feed, options),
  },
  mailboxFeed,
  pushFeed,
];

/** Reads a feed wherever it is: over the network, or as its kind says. Never throws for what a feed does. */
export async function readFeed(
  reader: FeedReader,
  feed: Feed,
  options: ReadOptions,
): Promise<ReadFeed> {
  const kind = FEED_KINDS.find((candidate) => candidate.matches(feed.url));
  if (kind) return await kind.read(reader, feed, options);
  const { etag, lastModified } = feed.polling;
  const request = { url: feed.url, etag, lastModified, ...options };
  const fetched = await fetchFeed(reader.guard, request);
  if (fetched.outcome !== 'fetched')
    return { retryAfterSeconds: null, problem: null, ...NOTHING, ...fetched };
  const { bytes, ...answer } = fetched;
  const contentHash = hashOf(bytes);
  if (contentHash === feed.polling.contentHash && !options.isFull)
    return { ...NOTHING, ...answer, contentHash, outcome: 'unchanged', problem: null };
  return await readDocument(reader.parser, feed, { fetched, contentHash, now: options.now });
}

async function readDocument(
  parser: FeedParser,
  feed: Feed,
  document: { fetched: Fetched; contentHash: string; now: Instant },
): Promise<ReadFeed> {
  const { bytes, ...answer } = document.fetched;
  const parsed = await parser.parse(bytes, answer);
  if ('error' in parsed) return { ...answer, ...NOTHING, outcome: 'failed', problem: parsed.error };
  const articles = await normalizeEntries(parsed, {
    feed: {
      url: answer.url,
      siteUrl: parsed.url,
      outlet: feed.outlet,
      language: feed.language ?? parsed.language,
    },
    now: document.now,
  });
  return {
    ...answer,
    articles,
    title: parsed.title,
    problem: null,
    contentHash: document.contentHash,
    hints: readPollingHints(bytes),
    newestAt: findNewest(articles, document.now),
  };
}

/** In small portions, so that a long feed leaves room for everything else this program does. */
async function normalizeEntries(
  parsed: ParsedFeed,
  context: Parameters<typeof normalizeEntry>[1],
): Promise<readonly Article[]> {
  const articles: Article[] = [];
  for (const [index, entry] of parsed.entries.entries()) {
    if (index % ENTRIES_AT_A_TIME === 0) await letOthersRun();
    const article = normalizeEntry(entry, context);
    if (article) articles.push(article);
  }
  return articles;
}

function findNewest(articles: readonly Article[], now: Instant): Instant | null {
  const dates = articles
    .filter(({ isDateGuessed, publishedAt }) => !isDateGuessed && publishedAt <= now)
    .map(({ publishedAt }) => publishedAt);
  return dates.toSorted().at(-1) ?? null;
}

function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readWireFolder(feed: Feed, options: ReadOptions): Promise<ReadFeed> {
  const nothing = { ...NOTHING, retryAfterSeconds: null, isLocal: true };
  try {
    const texts = await readWireTexts(fileURLToPath(feed.url));
    const contentHash = hashOf(texts.map(hashOf).join());
    if (contentHash === feed.polling.contentHash && !options.isFull)
      return { ...nothing, outcome: 'unchanged', problem: null, contentHash };
    const name = feed.outlet ?? 'Wire';
    const outlet = { key: feed.outlet ? feed.outlet.toLowerCase() : 'wire', name };
    const articles: Article[] = [];
    for (const text of texts) {
      await letOthersRun();
      articles.push(...splitWireText(text, { outlet, arrivedAt: options.now }));
    }
    return { ...nothing, outcome: 'fetched', articles, problem: null, contentHash };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (!code) throw error;
    const problem = `The folder ${feed.url} cannot be read (${code}). Check that it exists and that daybrief may read it.`;
    return { ...nothing, outcome: 'failed', problem };
  }
}

async function readWireTexts(path: string): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const file of await listWireFiles(path)) texts.push(await readFile(file, 'utf8'));
  return texts;
}

async function listWireFiles(path: string): Promise<readonly string[]> {
  const isFolder = (await stat(path)).isDirectory();
  const names = isFolder ? (await readdir(path)).sort().map((name) => join(path, name)) : [path];
  const files: string[] = [];
  for (const file of names) {
    const about = await stat(file);
    const isWire = !isFolder || WIRE_ENDINGS.includes(extname(file).toLowerCase());
    if (isWire && about.isFile() && about.size <= LARGEST_WIRE_FILE) files.push(file);
  }
  return files;
}
