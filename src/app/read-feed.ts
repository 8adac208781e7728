import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Article } from '../domain/article.ts';
import type { FetchLesson } from '../domain/feed-polling.ts';
import type { Feed } from '../domain/feed.ts';
import type { Instant } from '../domain/instant.ts';
import { fetchFeed, type FetchResult } from '../gather/fetch-feed.ts';
import { normalizeEntry } from '../gather/normalize-entry.ts';
import type { FetchGuard } from '../gather/open-fetch-guard.ts';
import { parseFeed } from '../gather/parse-feed.ts';
import { splitWireText } from '../gather/split-wire-text.ts';

/** A feed once read: its articles in order, and what the reading taught us. */
export interface ReadFeed extends FetchLesson {
  readonly articles: readonly Article[];
  readonly title: string | null;
  readonly movedTo: string | null;
}

const WIRE_ENDINGS = ['.txt', '.md', '.markdown'];
const LARGEST_WIRE_FILE = 10_000_000;

/** Reads a feed wherever it is: over the network, or from a folder or file of wire texts. Never throws for what a feed does. */
export async function readFeed(
  guard: FetchGuard,
  feed: Feed,
  options: { isFull: boolean; now: Instant },
): Promise<ReadFeed> {
  if (feed.url.startsWith('file:')) return await readWireFolder(feed, options.now);
  const { etag, lastModified } = feed.polling;
  const request = { url: feed.url, etag, lastModified, ...options };
  const fetched = await fetchFeed(guard, request);
  if (fetched.outcome !== 'fetched') return toUnread(fetched);
  return readDocument(feed, fetched, options.now);
}

function readDocument(
  feed: Feed,
  fetched: FetchResult & { outcome: 'fetched' },
  now: Instant,
): ReadFeed {
  // Raw, because every text of an article becomes plain text anyway.
  const parsed = parseFeed(fetched.bytes, {
    contentType: fetched.contentType,
    url: fetched.url,
    isRaw: true,
  });
  if ('error' in parsed)
    return toUnread({ outcome: 'failed', problem: parsed.error, retryAfterSeconds: null });
  const articles = parsed.entries
    .map((entry) =>
      normalizeEntry(entry, {
        feed: {
          url: fetched.url,
          siteUrl: parsed.url,
          outlet: feed.outlet,
          language: feed.language ?? parsed.language,
        },
        now,
      }),
    )
    .filter((article) => article !== null);
  const { etag, lastModified, retryAfterSeconds, movedTo } = fetched;
  return {
    outcome: 'fetched',
    articles,
    title: parsed.title,
    movedTo,
    etag,
    lastModified,
    retryAfterSeconds,
    problem: null,
  };
}

function toUnread(result: Exclude<FetchResult, { outcome: 'fetched' }>): ReadFeed {
  const nothing = { articles: [], title: null };
  if (result.outcome === 'unchanged') {
    return {
      ...nothing,
      outcome: 'unchanged',
      problem: null,
      movedTo: result.movedTo,
      retryAfterSeconds: result.retryAfterSeconds,
    };
  }
  const retryAfterSeconds = result.outcome === 'failed' ? result.retryAfterSeconds : null;
  return {
    ...nothing,
    outcome: result.outcome,
    problem: result.problem,
    movedTo: null,
    retryAfterSeconds,
  };
}

async function readWireFolder(feed: Feed, now: Instant): Promise<ReadFeed> {
  const nothing = { title: null, movedTo: null, retryAfterSeconds: null };
  try {
    const articles: Article[] = [];
    const path = fileURLToPath(feed.url);
    const name = feed.outlet ?? 'Wire';
    const outlet = { key: feed.outlet ? feed.outlet.toLowerCase() : 'wire', name };
    for (const file of await listWireFiles(path)) {
      const text = await readFile(file, 'utf8');
      articles.push(...splitWireText(text, { outlet, arrivedAt: now }));
    }
    return { ...nothing, outcome: 'fetched', articles, problem: null };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (!code) throw error;
    const problem = `The folder ${feed.url} cannot be read (${code}). Check that it exists and that daybrief may read it.`;
    return { ...nothing, outcome: 'failed', articles: [], problem };
  }
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
