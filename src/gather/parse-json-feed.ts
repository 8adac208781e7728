import { escapeHtml } from './escape-html.ts';
import { MOST_ENTRIES, MOST_TEXT } from './feed-limits.ts';
import { parseDate } from './parse-date.ts';
import type { Enclosure, EntryDraft, FeedDraft, Person, Unreadable } from './parsed-feed.ts';
import { readJson } from './read-json.ts';
import { resolveLinks, resolveUrl } from './resolve-links.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Maps JSON Feed 1 and 1.1 (jsonfeed.org), also one cut short; a value of the wrong type counts as absent. */
export function parseJsonFeed(text: string, url: string | null): FeedDraft | Unreadable {
  const document = readJson(text.replace(/^[\s\uFEFF]+/, ''));
  if (!isObject(document) || !Array.isArray(document['items']))
    return { error: 'The document is JSON, but not a JSON Feed.', alternates: [] };
  const site = readUrl(document['home_page_url'], url);
  const version = /version\/([\d.]+)/.exec(readString(document['version']) ?? '')?.[1] ?? '1';
  const items: unknown[] = document['items'];
  const authors = readAuthors(document);
  return {
    format: `json${version.includes('.') ? version : `${version}.0`}`,
    title: readPlain(document['title']),
    url: site,
    description: readPlain(document['description']),
    language: readString(document['language']),
    id: readString(document['feed_url']),
    updatedAt: null,
    publishedAt: null,
    authors,
    image: readUrl(document['icon'], url) ?? readUrl(document['favicon'], url),
    self: readUrl(document['feed_url'], url),
    entries: items
      .slice(0, MOST_ENTRIES)
      .filter(isObject)
      .map((item) => parseItem(item, { base: site ?? url, authors })),
  };
}

/** An item without an author is by the feed's. */
function parseItem(
  item: JsonObject,
  feed: { readonly base: string | null; readonly authors: readonly Person[] },
): EntryDraft {
  const { base } = feed;
  const authors = readAuthors(item);
  const url = readUrl(item['url'], base) ?? readUrl(item['external_url'], base);
  const html = readString(item['content_html']);
  return {
    id: readString(item['id']) ?? readNumber(item['id'])?.toString() ?? url,
    title: readPlain(item['title']),
    url,
    publishedAt: parseDate(readString(item['date_published']) ?? ''),
    updatedAt: parseDate(readString(item['date_modified']) ?? ''),
    summaryHtml: readPlain(item['summary']),
    contentHtml: html ? resolveLinks(html, url ?? base) : readPlain(item['content_text']),
    authors: authors.length > 0 ? authors : feed.authors,
    categories: readArray(item['tags']).flatMap((tag) => readString(tag) ?? []),
    enclosures: readArray(item['attachments']).flatMap((part) => readAttachment(part, base)),
    image: readUrl(item['image'], base) ?? readUrl(item['banner_image'], base),
    comments: null,
    language: readString(item['language']),
    source: null,
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readString(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, MOST_TEXT).trim() || null : null;
}

function readNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Titles, summaries and `content_text` are plain text there. */
function readPlain(value: unknown): string | null {
  const text = readString(value);
  return text && escapeHtml(text);
}

function readUrl(value: unknown, base: string | null): string | null {
  const text = readString(value);
  return text && resolveUrl(text, base);
}

function readAuthors(object: JsonObject): Person[] {
  const authors = [object['authors'], object['author']].flat().filter(isObject);
  const names = authors.flatMap((author) => readString(author['name']) ?? []);
  return [...new Set(names)].map((name) => ({ name, email: null }));
}

function readAttachment(value: unknown, base: string | null): Enclosure[] {
  if (!isObject(value)) return [];
  const url = readUrl(value['url'], base);
  if (!url) return [];
  const length = readNumber(value['size_in_bytes']);
  return [{ url, type: readString(value['mime_type']), length }];
}
