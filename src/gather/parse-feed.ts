import { cleanText, sanitizeHtml, toPlainText } from './sanitize-html.ts';
import { decodeBytes } from './decode-bytes.ts';
import { MOST_BYTES } from './feed-limits.ts';
import { findAlternates } from './find-alternates.ts';
import { findImage } from './find-image.ts';
import { parseAtom } from './parse-atom.ts';
import { parseJsonFeed } from './parse-json-feed.ts';
import { parseRss } from './parse-rss.ts';
import { parseSitemap } from './parse-sitemap.ts';
import type { Entry, EntryDraft, FeedDraft, ParsedFeed, Unreadable } from './parsed-feed.ts';
import { readXml, type XmlNode } from './read-xml.ts';

export type { Entry, ParsedFeed, Unreadable };

interface ParseOptions {
  /** The HTTP header, where there was one. */
  readonly contentType: string | null;
  /** Where the document was found, to resolve its links against. */
  readonly url: string | null;
  readonly isRaw?: boolean;
}

/**
 * Reads RSS 0.9x to 2.0, RSS 1.0, CDF, Atom 0.3 and 1.0, JSON Feed and news sitemaps, well- or ill-formed; never throws.
 * HTML is sanitized unless `isRaw`; at most 2,000 entries and 12 MB are read, and of a document cut short only whole entries.
 */
export function parseFeed(bytes: Uint8Array, options: ParseOptions): ParsedFeed | Unreadable {
  const { text, encoding } = decodeBytes(bytes.subarray(0, MOST_BYTES), options.contentType);
  if (text.trim() === '') return { error: 'The document is empty.', alternates: [] };
  const draft = /^[\s\uFEFF]*[{[]/.test(text)
    ? parseJsonFeed(text, options.url)
    : parseXmlFeed(text, options.url);
  if ('error' in draft) return draft;
  const { format, ...rest } = draft;
  const finishHtml = options.isRaw ? (html: string) => html : sanitizeHtml;
  return {
    format,
    encoding,
    ...rest,
    title: plain(draft.title?.slice(0, MOST_TITLE_HTML) ?? null),
    description: plain(draft.description),
    entries: draft.entries.map((entry) => finishEntry(entry, finishHtml)),
  };
}

function parseXmlFeed(text: string, url: string | null): FeedDraft | Unreadable {
  const document = readXml(text, url);
  const root = findRoot(document, 3);
  if (root) return root.name === 'feed' ? parseAtom(root, url) : parseRss(root, url);
  const sitemap = parseSitemap(document);
  if (sitemap) return sitemap;
  const alternates = findAlternates(text, url);
  if (!/<(html|head|!doctype html)\b/i.test(text))
    return { error: 'The document is neither RSS, Atom nor JSON Feed.', alternates };
  const hint = alternates[0] ? ` It names its feed: ${alternates[0]}` : '';
  return { error: `The document is a web page, not a feed.${hint}`, alternates };
}

const MOST_TITLE_HTML = 5_000;
const ROOTS = ['rss', 'rdf:rdf', 'feed', 'rdf', 'channel'];

/** The feed's own element, which junk before it may have pushed a few levels down. */
function findRoot(node: XmlNode, levels: number): XmlNode | null {
  const inner = node.children.filter((child) => typeof child !== 'string');
  const root = inner.find((child) => ROOTS.includes(child.name));
  if (root || levels === 0) return root ?? null;
  for (const child of inner) {
    const found = findRoot(child, levels - 1);
    if (found) return found;
  }
  return null;
}

function finishEntry(draft: EntryDraft, finishHtml: (html: string) => string): Entry {
  const { summaryHtml, contentHtml } = draft;
  return {
    ...draft,
    title: plain(draft.title?.slice(0, MOST_TITLE_HTML) ?? null),
    summary: plain(summaryHtml),
    summaryHtml: summaryHtml === null ? null : finishHtml(summaryHtml),
    contentHtml: contentHtml === null ? null : finishHtml(contentHtml),
    image: draft.image ?? findImage(contentHtml ?? '') ?? findImage(summaryHtml ?? ''),
    categories: draft.categories.map(cleanText).filter((category) => category !== ''),
  };
}

function plain(html: string | null): string | null {
  return html === null ? null : toPlainText(html) || null;
}
