import { escapeHtml } from './escape-html.ts';
import { parseDate } from './parse-date.ts';
import type { EntryDraft, FeedDraft, Person } from './parsed-feed.ts';
import { readEnclosures, readEntryImage } from './read-media.ts';
import {
  findChild,
  hasElements,
  listChildren,
  readChildText,
  readText,
  writeInnerHtml,
} from './read-node.ts';
import type { XmlNode } from './read-xml.ts';
import { resolveLinks, resolveUrl } from './resolve-links.ts';

/** Types whose content stands there in base64 (RFC 4287, section 4.1.3.3). */
const BINARY = /^(?:audio|image|video|application)\/(?!.*(?:xml|html|json|javascript))/;
const NO_TEXT = /[\u0000-\u0008\u000E-\u001F\uFFFD]/;
/** A tag that ends something, or one that needs no end. */
const HTML = /<\/[a-z][a-z0-9]*\s*>|<(?:br|hr|img|p)\b[^<>]*>/i;

/** Maps Atom 1.0 (RFC 4287) and 0.3. */
export function parseAtom(feed: XmlNode, url: string | null): FeedDraft {
  const base = feed.base ?? url;
  const authors = readAuthors(feed);
  const isOld = (feed.attributes.get('version') ?? '').trim() === '0.3';
  return {
    format: isOld ? 'atom0.3' : 'atom1.0',
    title: readConstruct(findChild(feed, 'title'), base),
    url: readLink(feed, 'alternate', base),
    description: readConstruct(findChild(feed, 'subtitle', 'tagline', 'info'), base),
    language: languageOf(feed) ?? readChildText(feed, 'dc:language'),
    id: readId(feed, base),
    updatedAt: readDate(feed, 'updated', 'modified'),
    publishedAt: readDate(feed, 'published', 'issued', 'created'),
    authors,
    image: resolveOrNull(readChildText(feed, 'logo', 'icon'), base),
    self: readLink(feed, 'self', base),
    entries: listChildren(feed, 'entry')
      .filter((entry) => entry.isWhole)
      .map((entry) => parseEntry(entry, { base, authors })),
  };
}

/** An entry without an author is by its source's or the feed's (RFC 4287, section 4.2.1). */
function parseEntry(
  entry: XmlNode,
  feed: { readonly base: string | null; readonly authors: readonly Person[] },
): EntryDraft {
  const base = entry.base ?? feed.base;
  const source = findChild(entry, 'source');
  const media = findChild(entry, 'media:group') ?? entry;
  const enclosures = readEnclosures(entry, listLinks(entry, 'enclosure'), base);
  const named = [readAuthors(entry), source ? readAuthors(source) : []];
  return {
    id: readId(entry, base),
    title: readConstruct(findChild(entry, 'title', 'dc:title', 'media:title'), base),
    url:
      readLink(entry, 'alternate', base) ?? readOnlyLink(entry, base) ?? enclosures[0]?.url ?? null,
    publishedAt: readDate(entry, 'published', 'issued', 'created', 'dc:date', 'pubdate'),
    updatedAt: readDate(entry, 'updated', 'modified', 'dcterms:modified'),
    summaryHtml:
      readConstruct(findChild(entry, 'summary'), base) ??
      readConstruct(findChild(media, 'media:description'), base),
    contentHtml: readContent(findChild(entry, 'content', 'content:encoded'), base),
    authors: named.find((people) => people.length > 0) ?? feed.authors,
    categories: readCategories(entry),
    enclosures,
    image: readEntryImage(entry, enclosures, base),
    comments: readLink(entry, 'replies', base),
    language:
      languageOf(entry) ??
      languageOf(findChild(entry, 'content')) ??
      languageOf(findChild(entry, 'title')),
    source: source && readSource(source, base),
  };
}

/** A text construct (RFC 4287, section 3.1) as HTML. Atom 0.3 says with `mode` what 1.0 says with `type`; where neither is said, what looks like HTML is. */
function readConstruct(node: XmlNode | null, base: string | null): string | null {
  if (!node) return null;
  const own = node.base ?? base;
  const type = typeOf(node);
  const mode = node.attributes.get('mode')?.trim().toLowerCase();
  if (hasElements(node)) {
    const holder = type === 'xhtml' ? unwrapDiv(node) : node;
    return writeInnerHtml(holder, own).trim() || null;
  }
  const isBinary = BINARY.test(type ?? '') && !node.attributes.has('src');
  const isCoded = mode === 'base64' || isBinary;
  const text = isCoded ? decodeBase64(readText(node)) : readText(node);
  if (!text) return null;
  const isHtml = type ? /html|xml/.test(type) : mode === 'escaped' || HTML.test(text);
  return isHtml ? resolveLinks(text, own) : escapeHtml(text);
}

function readContent(node: XmlNode | null, base: string | null): string | null {
  if (node?.name !== 'content:encoded') return readConstruct(node, base);
  return resolveLinks(readText(node) ?? '', base) || null;
}

function typeOf(node: XmlNode): string | null {
  return node.attributes.get('type')?.trim().toLowerCase() || null;
}

/** XHTML stands inside one div that is not part of it. */
function unwrapDiv(node: XmlNode): XmlNode {
  const inner = node.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const only = inner[0];
  return inner.length === 1 && typeof only === 'object' && only.name === 'div' ? only : node;
}

/** Null for what is no text: a picture, a film. */
function decodeBase64(written: string | null): string | null {
  const text = Buffer.from(written ?? '', 'base64')
    .toString('utf8')
    .trim();
  return NO_TEXT.test(text) ? null : text;
}

function readDate(node: XmlNode, ...names: string[]): string | null {
  for (const name of names) {
    const date = parseDate(readChildText(node, name) ?? '');
    if (date) return date;
  }
  return null;
}

function relationOf(link: XmlNode): string {
  const relation = (link.attributes.get('rel') ?? 'alternate').trim().toLowerCase();
  return relation.replace('http://www.iana.org/assignments/relation/', '') || 'alternate';
}

function listLinks(node: XmlNode, relation: string): XmlNode[] {
  return listChildren(node, 'link').filter(
    (link) => relationOf(link) === relation && link.attributes.has('href'),
  );
}

/** Of several links with one relation, the web page's. */
function readLink(node: XmlNode, relation: string, base: string | null): string | null {
  const links = listLinks(node, relation);
  const page = links.find((link) => /html/.test(link.attributes.get('type') ?? 'html'));
  const link = page ?? links[0];
  return link ? resolveOrNull(link.attributes.get('href') ?? null, link.base ?? base) : null;
}

/** An id is never resolved, but for one that can only be half an address. */
function readId(node: XmlNode, base: string | null): string | null {
  const id = readChildText(node, 'id');
  return id?.startsWith('/') ? resolveUrl(id, base) : id;
}

/** What a careless feed may have instead: a link written as text, or an id that is an address. */
function readOnlyLink(entry: XmlNode, base: string | null): string | null {
  const content = findChild(entry, 'content')?.attributes.get('src') ?? null;
  const text = readChildText(entry, 'link');
  const id = readChildText(entry, 'id') ?? '';
  const self = readLink(entry, 'self', base);
  return (
    resolveOrNull(text, base) ??
    resolveOrNull(content, base) ??
    (/^https?:\/\//i.test(id) ? id : self)
  );
}

function resolveOrNull(reference: string | null, base: string | null): string | null {
  return reference?.trim() ? resolveUrl(reference, base) : null;
}

function languageOf(node: XmlNode | null): string | null {
  return node?.attributes.get('xml:lang')?.trim() || null;
}

function readAuthors(node: XmlNode): Person[] {
  return listChildren(node, 'author').flatMap((author) => {
    const email = readChildText(author, 'email');
    const name = readChildText(author, 'name') ?? (hasElements(author) ? null : readText(author));
    return name || email ? { name, email } : [];
  });
}

function readCategories(entry: XmlNode): string[] {
  const names = listChildren(entry, 'category', 'dc:subject').map(
    (node) => node.attributes.get('label') ?? node.attributes.get('term') ?? readText(node) ?? '',
  );
  return [...new Set(names.filter((name) => name.trim() !== ''))];
}

function readSource(source: XmlNode, base: string | null): EntryDraft['source'] {
  const title = readChildText(source, 'title');
  const url = readLink(source, 'alternate', source.base ?? base);
  return title || url ? { title, url } : null;
}
