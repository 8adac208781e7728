import { escapeHtml } from './escape-html.ts';
import { parseDate } from './parse-date.ts';
import type { Enclosure, EntryDraft, FeedDraft, Person } from './parsed-feed.ts';
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

/** Maps Atom 1.0 (RFC 4287) and 0.3. */
export function parseAtom(feed: XmlNode, url: string | null): FeedDraft {
  const base = feed.base ?? url;
  const isOld = (feed.attributes.get('version') ?? '').trim() === '0.3';
  return {
    format: isOld ? 'atom0.3' : 'atom1.0',
    title: readConstruct(findChild(feed, 'title'), base),
    url: readLink(feed, 'alternate', base),
    description: readConstruct(findChild(feed, 'subtitle', 'tagline', 'info'), base),
    language: languageOf(feed) ?? readChildText(feed, 'dc:language'),
    id: readChildText(feed, 'id'),
    updatedAt: readDate(feed, 'updated', 'modified'),
    publishedAt: readDate(feed, 'published', 'issued', 'created'),
    authors: readAuthors(feed),
    image: resolveOrNull(readChildText(feed, 'logo', 'icon'), base),
    self: readLink(feed, 'self', base),
    entries: listChildren(feed, 'entry')
      .filter((entry) => entry.isWhole)
      .map((entry) => parseEntry(entry, base)),
  };
}

function parseEntry(entry: XmlNode, feedBase: string | null): EntryDraft {
  const base = entry.base ?? feedBase;
  const media = findChild(entry, 'media:group') ?? entry;
  const enclosures = readEnclosures(entry, base);
  return {
    id: readChildText(entry, 'id'),
    title: readConstruct(findChild(entry, 'title', 'dc:title', 'media:title'), base),
    url: readLink(entry, 'alternate', base) ?? readOnlyLink(entry, base),
    publishedAt: readDate(entry, 'published', 'issued', 'created', 'dc:date', 'pubdate'),
    updatedAt: readDate(entry, 'updated', 'modified', 'dcterms:modified'),
    summaryHtml:
      readConstruct(findChild(entry, 'summary'), base) ??
      readConstruct(findChild(media, 'media:description'), base),
    contentHtml: readContent(findChild(entry, 'content', 'content:encoded'), base),
    authors: readAuthors(entry),
    categories: readCategories(entry),
    enclosures,
    image: readImage(media, enclosures, base),
    comments: readLink(entry, 'replies', base),
    language:
      languageOf(entry) ??
      languageOf(findChild(entry, 'content')) ??
      languageOf(findChild(entry, 'title')),
    source: readSource(entry, base),
  };
}

/** A text construct (RFC 4287, section 3.1) as HTML. Atom 0.3 says with `mode` what 1.0 says with `type`. */
function readConstruct(node: XmlNode | null, base: string | null): string | null {
  if (!node) return null;
  const own = node.base ?? base;
  const type = (node.attributes.get('type') ?? 'text').trim().toLowerCase();
  const mode = node.attributes.get('mode')?.trim().toLowerCase();
  if (hasElements(node)) return writeInnerHtml(unwrapDiv(node), own).trim() || null;
  const text = mode === 'base64' ? decodeBase64(readText(node)) : readText(node);
  if (!text) return null;
  const isHtml = /html|xml/.test(type) || mode === 'escaped';
  return isHtml ? resolveLinks(text, own) : escapeHtml(text);
}

/** Content that is elsewhere, or not text, has nothing to show; text of an unnamed type is read as HTML when it looks like it. */
function readContent(node: XmlNode | null, base: string | null): string | null {
  if (!node || node.attributes.has('src')) return null;
  const type = (node.attributes.get('type') ?? 'text').trim().toLowerCase();
  if (/^(image|audio|video)\//.test(type)) return null;
  if (node.name === 'content:encoded') return resolveLinks(readText(node) ?? '', base) || null;
  return readConstruct(node, base);
}

/** XHTML stands inside one div that is not part of it. */
function unwrapDiv(node: XmlNode): XmlNode {
  const inner = node.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const only = inner[0];
  return inner.length === 1 && typeof only === 'object' && only.name === 'div' ? only : node;
}

function decodeBase64(text: string | null): string | null {
  return text && Buffer.from(text, 'base64').toString('utf8').trim();
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

/** Of several links with one relation, the web page's. */
function readLink(node: XmlNode, relation: string, base: string | null): string | null {
  const links = listChildren(node, 'link').filter(
    (link) => relationOf(link) === relation && link.attributes.get('href') !== undefined,
  );
  const page = links.find((link) => /html/.test(link.attributes.get('type') ?? 'html'));
  const link = page ?? links[0];
  return link ? resolveOrNull(link.attributes.get('href') ?? null, link.base ?? base) : null;
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

function readEnclosures(entry: XmlNode, base: string | null): Enclosure[] {
  const links = listChildren(entry, 'link').filter((link) => relationOf(link) === 'enclosure');
  return links.flatMap(({ attributes }) => {
    const url = resolveOrNull(attributes.get('href') ?? null, base);
    const length = attributes.get('length')?.trim() ?? '';
    if (!url) return [];
    const size = /^\d{1,15}$/.test(length) ? Number(length) : null;
    return { url, type: attributes.get('type') ?? null, length: size };
  });
}

function readImage(
  media: XmlNode,
  enclosures: readonly Enclosure[],
  base: string | null,
): string | null {
  const thumbnail = findChild(media, 'media:thumbnail')?.attributes.get('url');
  const picture = enclosures.find(({ type }) => type?.startsWith('image'))?.url;
  return resolveOrNull(thumbnail ?? picture ?? null, base);
}

function readSource(entry: XmlNode, base: string | null): EntryDraft['source'] {
  const source = findChild(entry, 'source');
  if (!source) return null;
  const title = readChildText(source, 'title');
  const url = readLink(source, 'alternate', source.base ?? base);
  return title || url ? { title, url } : null;
}
