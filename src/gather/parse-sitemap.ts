import { escapeHtml } from './escape-html.ts';
import { parseDate } from './parse-date.ts';
import type { EntryDraft, FeedDraft, Unreadable } from './parsed-feed.ts';
import { readText } from './read-node.ts';
import type { XmlNode } from './read-xml.ts';

const MOST_ENTRIES = 2_000;
const MOST_HINTS = 20;

/**
 * Maps a news sitemap: a sitemap (sitemaps.org, 0.9) whose pages carry Google's `news:` elements.
 * Null when the document is no sitemap; a sitemap without news says so.
 */
export function parseSitemap(document: XmlNode): FeedDraft | Unreadable | null {
  const index = findInner(document, 'sitemapindex');
  if (index) return refuseIndex(index);
  const list = findInner(document, 'urlset');
  if (!list) return null;
  const pages = listInner(list, 'url').filter((page) => page.isWhole && findInner(page, 'news'));
  const [first] = pages;
  if (!first) return { error: 'The document is a sitemap, but not one of news.', alternates: [] };
  return {
    format: 'news-sitemap',
    title: readPublication(first, 'name'),
    url: null,
    description: null,
    language: readPublication(first, 'language'),
    id: null,
    updatedAt: null,
    publishedAt: null,
    authors: [],
    image: null,
    self: null,
    entries: pages.slice(0, MOST_ENTRIES).map(parsePage),
  };
}

function refuseIndex(index: XmlNode): Unreadable {
  const alternates = listInner(index, 'sitemap')
    .flatMap((sitemap) => readInner(sitemap, 'loc') ?? [])
    .slice(0, MOST_HINTS);
  const hint = alternates[0] ? ` Add the one of its news, maybe ${alternates[0]}` : '';
  return { error: `The document is a list of sitemaps, not a sitemap.${hint}`, alternates };
}

function parsePage(page: XmlNode): EntryDraft {
  const news = findInner(page, 'news');
  const read = (name: string): string | null => (news ? readInner(news, name) : null);
  const title = read('title');
  const image = findInner(page, 'image');
  const publication = readPublication(page, 'name');
  return {
    id: null,
    title: title === null ? null : escapeHtml(title),
    url: readInner(page, 'loc'),
    publishedAt: parseDate(read('publication_date') ?? ''),
    updatedAt: parseDate(readInner(page, 'lastmod') ?? ''),
    summaryHtml: null,
    contentHtml: null,
    authors: [],
    categories: (read('keywords') ?? '').split(',').flatMap((word) => word.trim() || []),
    enclosures: [],
    image: image && readInner(image, 'loc'),
    comments: null,
    language: readPublication(page, 'language'),
    source: publication === null ? null : { title: publication, url: null },
  };
}

function readPublication(page: XmlNode, name: string): string | null {
  const news = findInner(page, 'news');
  const publication = news && findInner(news, 'publication');
  return publication && readInner(publication, name);
}

function readInner(node: XmlNode, name: string): string | null {
  return readText(findInner(node, name));
}

function findInner(node: XmlNode, name: string): XmlNode | null {
  return listInner(node, name)[0] ?? null;
}

/** Sitemaps choose their prefixes freely, and no two of their elements differ in the prefix only. */
function listInner(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter(
    (child): child is XmlNode =>
      typeof child !== 'string' && child.name.slice(child.name.indexOf(':') + 1) === name,
  );
}
