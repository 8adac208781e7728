import { escapeHtml } from './escape-html.ts';
import { parseDate } from './parse-date.ts';
import { parsePerson } from './parse-person.ts';
import type { EntryDraft, FeedDraft, Person } from './parsed-feed.ts';
import { readEnclosures, readEntryImage } from './read-media.ts';
import {
  findChild,
  findFilled,
  hasElements,
  listChildren,
  readChildText,
  readText,
  writeInnerHtml,
} from './read-node.ts';
import type { XmlNode } from './read-xml.ts';
import { resolveLinks, resolveUrl } from './resolve-links.ts';

/** Maps RSS of every version, in 0.9 and 1.0 of which the items stand beside the channel, and CDF, which has links and dates in attributes. */
export function parseRss(root: XmlNode, url: string | null): FeedDraft {
  const channel = findChild(root, 'channel') ?? root;
  const site = readFeedLink(channel, url);
  const base = site && URL.canParse(site) ? site : url;
  const html = (...names: string[]): string | null => readHtml(findFilled(channel, ...names), base);
  const items = [...listChildren(channel, 'item'), ...(root === channel ? [] : listItems(root))];
  return {
    format: nameFormat(root),
    title: html('title', 'dc:title'),
    url: site,
    description: html(
      'description',
      'dc:description',
      'itunes:summary',
      'itunes:subtitle',
      'abstract',
    ),
    language:
      readChildText(channel, 'language', 'dc:language') ?? languageOf(channel) ?? languageOf(root),
    id: readChildText(channel, 'atom:id', 'id') ?? channel.attributes.get('rdf:about') ?? null,
    updatedAt:
      readDate(channel, 'lastbuilddate', 'atom:updated', 'dcterms:modified', 'dc:date') ??
      parseDate(channel.attributes.get('lastmod') ?? ''),
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
  const html = (...names: string[]): string | null => readHtml(findFilled(item, ...names), base);
  const guid = findChild(item, 'guid', 'atom:id', 'id');
  const enclosures = readEnclosures(item, listEnclosing(item), base);
  const [summary, text] = listDescriptions(item);
  return {
    id: readText(guid) ?? item.attributes.get('rdf:about') ?? null,
    title: html('title', 'dc:title', 'media:title', 'itunes:title'),
    url: readItemLink(item, base) ?? enclosures[0]?.url ?? null,
    publishedAt: readDate(
      item,
      'pubdate',
      'dc:date',
      'dcterms:issued',
      'dcterms:created',
      'atom:published',
      'published',
    ),
    updatedAt:
      readDate(item, 'atom:updated', 'dcterms:modified', 'updated', 'lastbuilddate') ??
      parseDate(item.attributes.get('lastmod') ?? ''),
    summaryHtml:
      readHtml(summary ?? null, base) ??
      html(
        'atom:summary',
        'itunes:summary',
        'dc:description',
        'media:description',
        'itunes:subtitle',
        'abstract',
      ),
    contentHtml:
      html('content:encoded', 'body', 'fullitem', 'atom:content', 'content') ??
      readHtml(text ?? null, base),
    authors: readAuthors(item, ['author', 'dc:creator', 'itunes:author', 'atom:author']),
    categories: readCategories(item),
    enclosures,
    image: readEntryImage(item, enclosures, base),
    comments: resolveOrNull(readChildText(item, 'comments'), base),
    language: readChildText(item, 'dc:language', 'language') ?? languageOf(item),
    source: readSource(item, base),
  };
}

/** Where an item has two, the one written first is the summary and the other the text. */
function listDescriptions(item: XmlNode): XmlNode[] {
  return ['description', 'summary']
    .flatMap((name) => findFilled(item, name) ?? [])
    .sort((a, b) => item.children.indexOf(a) - item.children.indexOf(b));
}

function listEnclosing(item: XmlNode): XmlNode[] {
  const links = listChildren(item, 'atom:link');
  const linked = links.filter(({ attributes }) => attributes.get('rel') === 'enclosure');
  return [...listChildren(item, 'enclosure'), ...linked];
}

function nameFormat(root: XmlNode): string {
  if (root.name === 'rss') return `rss${(root.attributes.get('version') ?? '').trim() || '2.0'}`;
  if (root.name === 'channel' && root.attributes.has('href')) return 'cdf';
  const isOld = (root.attributes.get('xmlns') ?? '').includes('0.9');
  return root.name.startsWith('rdf') ? (isOld ? 'rss0.90' : 'rss1.0') : 'rss2.0';
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
    resolveOrNull(findAddress(channel), base)
  );
}

function readItemLink(item: XmlNode, base: string | null): string | null {
  const link = findFilled(item, 'link');
  const guid = findChild(item, 'guid');
  const isPermalink =
    (guid?.attributes.get('ispermalink') ?? 'true').trim().toLowerCase() !== 'false';
  const permalink = isPermalink ? readText(guid) : null;
  return (
    resolveOrNull(readText(link), link?.base ?? base) ??
    readAtomLink(item, 'alternate', base) ??
    resolveOrNull(findAddress(item), base) ??
    (permalink && /^https?:\/\//i.test(permalink) ? resolveUrl(permalink, base) : null) ??
    readChildText(item, 'feedburner:origlink') ??
    resolveOrNull(item.attributes.get('rdf:about') ?? null, base)
  );
}

/** An address in an attribute: a link written as Atom writes it, or CDF's way. */
function findAddress(node: XmlNode): string | null {
  const holders = [findChild(node, 'link'), node, findChild(node, 'a')];
  return holders.map((holder) => holder?.attributes.get('href')).find(Boolean) ?? null;
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
  const email = readChildText(node, 'email', 'atom:email');
  return name || email ? { name, email } : null;
}

function readCategories(item: XmlNode): string[] {
  const nodes = listChildren(item, 'category', 'dc:subject', 'atom:category', 'itunes:category');
  const names = nodes.map(
    (node) => readText(node) ?? node.attributes.get('text') ?? node.attributes.get('term') ?? '',
  );
  return [...new Set(names.filter((name) => name !== ''))];
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
