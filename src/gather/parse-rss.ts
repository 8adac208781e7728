import { escapeHtml } from './escape-html.ts';
import { parseDate } from './parse-date.ts';
import type { Enclosure, EntryDraft, FeedDraft, Person } from './parsed-feed.ts';
import { parsePerson } from './parse-person.ts';
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

/** Maps RSS of every version; in RSS 0.9 and 1.0 the items stand beside the channel. */
export function parseRss(root: XmlNode, url: string | null): FeedDraft {
  const channel = findChild(root, 'channel') ?? root;
  const site = readFeedLink(channel, url);
  const base = site && URL.canParse(site) ? site : url;
  const html = (...names: string[]): string | null => readHtml(findFilled(channel, names), base);
  const items = [...listChildren(channel, 'item'), ...(root === channel ? [] : listItems(root))];
  return {
    format: nameFormat(root),
    title: html('title', 'dc:title'),
    url: site,
    description: html('description', 'dc:description', 'itunes:summary', 'itunes:subtitle'),
    language:
      readChildText(channel, 'language', 'dc:language') ?? languageOf(channel) ?? languageOf(root),
    id: readChildText(channel, 'atom:id', 'id') ?? channel.attributes.get('rdf:about') ?? null,
    updatedAt: readDate(channel, 'lastbuilddate', 'atom:updated', 'dcterms:modified', 'dc:date'),
    publishedAt: readDate(channel, 'pubdate', 'dc:date', 'dcterms:issued'),
    authors: readAuthors(channel, ['managingeditor', 'dc:creator', 'itunes:author', 'author']),
    image: readFeedImage(root, channel, base),
    self: readAtomLink(channel, 'self', url),
    entries: items.filter(isUsable).map((item) => parseItem(item, base)),
  };
}

/** A document cut short ends in half an item, and a broken one may have an empty one inside another. */
function isUsable(item: XmlNode): boolean {
  return item.isWhole && item.children.length > 0;
}

function listItems(root: XmlNode): XmlNode[] {
  return [...listChildren(root, 'item'), ...listChildren(root, 'items').flatMap(listItems)];
}

function parseItem(item: XmlNode, feedBase: string | null): EntryDraft {
  const base = item.base ?? feedBase;
  const html = (...names: string[]): string | null => readHtml(findFilled(item, names), base);
  const guid = findChild(item, 'guid', 'atom:id', 'id');
  const enclosures = readEnclosures(item, base);
  return {
    id: readText(guid) ?? item.attributes.get('rdf:about') ?? null,
    title: html('title', 'dc:title', 'media:title', 'itunes:title'),
    url: readItemLink(item, base),
    publishedAt: readDate(
      item,
      'pubdate',
      'dc:date',
      'dcterms:issued',
      'dcterms:created',
      'atom:published',
      'published',
    ),
    updatedAt: readDate(item, 'atom:updated', 'dcterms:modified', 'updated', 'lastbuilddate'),
    summaryHtml: html(
      'description',
      'summary',
      'atom:summary',
      'itunes:summary',
      'dc:description',
      'media:description',
      'itunes:subtitle',
    ),
    contentHtml: html('content:encoded', 'body', 'fullitem', 'atom:content', 'content'),
    authors: readAuthors(item, ['author', 'dc:creator', 'itunes:author', 'atom:author']),
    categories: readCategories(item),
    enclosures,
    image: readItemImage(item, enclosures, base),
    comments: resolveOrNull(readChildText(item, 'comments'), base),
    language: readChildText(item, 'dc:language', 'language') ?? languageOf(item),
    source: readSource(item, base),
  };
}

function nameFormat(root: XmlNode): string {
  if (root.name === 'rss') return `rss${(root.attributes.get('version') ?? '').trim() || '2.0'}`;
  const isOld = (root.attributes.get('xmlns') ?? '').includes('0.9');
  return root.name.startsWith('rdf') ? (isOld ? 'rss0.90' : 'rss1.0') : 'rss2.0';
}

/** The first of the children called `names`, in that order, that has something inside. */
function findFilled(node: XmlNode, names: readonly string[]): XmlNode | null {
  for (const name of names) {
    const filled = listChildren(node, name).find((child) => readText(child) || hasElements(child));
    if (filled) return filled;
  }
  return null;
}

/** The HTML an element holds, escaped as RSS wants it or standing there as elements. */
function readHtml(node: XmlNode | null, base: string | null): string | null {
  if (!node) return null;
  const own = node.base ?? base;
  if (hasElements(node)) return writeInnerHtml(node, own).trim() || null;
  const text = readText(node);
  if (!text) return null;
  return node.attributes.get('type') === 'text' ? escapeHtml(text) : resolveLinks(text, own);
}

function readDate(node: XmlNode, ...names: string[]): string | null {
  for (const name of names) {
    const date = parseDate(readChildText(node, name) ?? '');
    if (date) return date;
  }
  return null;
}

function readFeedLink(channel: XmlNode, url: string | null): string | null {
  const link = readChildText(channel, 'link');
  const base = findChild(channel, 'link')?.base ?? channel.base ?? url;
  return (
    resolveOrNull(link, base) ??
    readAtomLink(channel, 'alternate', base) ??
    resolveOrNull(findChild(channel, 'link')?.attributes.get('href') ?? null, base)
  );
}

function readItemLink(item: XmlNode, base: string | null): string | null {
  const link = findFilled(item, ['link']);
  const guid = findChild(item, 'guid');
  const isPermalink =
    (guid?.attributes.get('ispermalink') ?? 'true').trim().toLowerCase() !== 'false';
  const permalink = isPermalink ? readText(guid) : null;
  return (
    resolveOrNull(readText(link), link?.base ?? base) ??
    readAtomLink(item, 'alternate', base) ??
    resolveOrNull(findChild(item, 'link')?.attributes.get('href') ?? null, base) ??
    (permalink && /^https?:\/\//i.test(permalink) ? resolveUrl(permalink, base) : null) ??
    readChildText(item, 'feedburner:origlink') ??
    resolveOrNull(item.attributes.get('rdf:about') ?? null, base)
  );
}

function readAtomLink(node: XmlNode, relation: string, base: string | null): string | null {
  const link = listChildren(node, 'atom:link').find(
    ({ attributes }) => (attributes.get('rel') ?? 'alternate') === relation,
  );
  return resolveOrNull(link?.attributes.get('href') ?? null, link?.base ?? base);
}

function resolveOrNull(reference: string | null, base: string | null): string | null {
  return reference?.trim() ? resolveUrl(reference, base) : null;
}

function languageOf(node: XmlNode): string | null {
  return node.attributes.get('xml:lang')?.trim() || null;
}

function readAuthors(node: XmlNode, names: readonly string[]): Person[] {
  for (const name of names) {
    const people = listChildren(node, name).flatMap((child) => readPerson(child) ?? []);
    if (people.length > 0) return people;
  }
  return [];
}

function readPerson(node: XmlNode): Person | null {
  if (!hasElements(node)) return parsePerson(readText(node) ?? '');
  const name = readChildText(node, 'name', 'atom:name') ?? readText(node);
  return { name, email: readChildText(node, 'email', 'atom:email') };
}

function readCategories(item: XmlNode): string[] {
  const nodes = listChildren(item, 'category', 'dc:subject', 'atom:category', 'itunes:category');
  const names = nodes.map(
    (node) => readText(node) ?? node.attributes.get('text') ?? node.attributes.get('term') ?? '',
  );
  return [...new Set(names.filter((name) => name !== ''))];
}

function readEnclosures(item: XmlNode, base: string | null): Enclosure[] {
  const media = [item, ...listChildren(item, 'media:group')].flatMap((node) =>
    listChildren(node, 'media:content'),
  );
  const enclosures = [...listChildren(item, 'enclosure'), ...media].flatMap((node) => {
    const url = node.attributes.get('url') ?? node.attributes.get('href');
    if (!url?.trim()) return [];
    const length = node.attributes.get('length') ?? node.attributes.get('filesize') ?? '';
    return {
      url: resolveUrl(url, base),
      type: node.attributes.get('type') ?? node.attributes.get('medium') ?? null,
      length: /^\d{1,15}$/.test(length.trim()) ? Number(length) : null,
    };
  });
  return enclosures.filter(
    (enclosure, place) => enclosures.findIndex(({ url }) => url === enclosure.url) === place,
  );
}

function readItemImage(
  item: XmlNode,
  enclosures: readonly Enclosure[],
  base: string | null,
): string | null {
  const holders = [item, ...listChildren(item, 'media:group', 'media:content')];
  const thumbnail = holders.map((node) => findChild(node, 'media:thumbnail')).find(Boolean);
  const url =
    thumbnail?.attributes.get('url') ?? findChild(item, 'itunes:image')?.attributes.get('href');
  const picture = enclosures.find(({ type }) => type?.startsWith('image'));
  return resolveOrNull(url ?? picture?.url ?? null, base);
}

function readFeedImage(root: XmlNode, channel: XmlNode, base: string | null): string | null {
  const image = findChild(channel, 'image') ?? findChild(root, 'image');
  const url =
    (image && readChildText(image, 'url')) ??
    findChild(channel, 'itunes:image')?.attributes.get('href') ??
    null;
  return resolveOrNull(url, base);
}

function readSource(item: XmlNode, base: string | null): EntryDraft['source'] {
  const source = findChild(item, 'source');
  if (!source) return null;
  const url = resolveOrNull(source.attributes.get('url') ?? null, base);
  const title = readText(source);
  return title || url ? { title, url } : null;
}
