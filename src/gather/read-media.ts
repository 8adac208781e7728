import type { Enclosure } from './parsed-feed.ts';
import { findChild, listChildren } from './read-node.ts';
import type { XmlNode } from './read-xml.ts';
import { resolveUrl } from './resolve-links.ts';

const PICTURE_FILE = /\.(?:avif|gif|jpe?g|png|webp)(?:[?#]|$)/i;

/** The files of an entry, each address once: those of `own`, the format's elements for them, then those of Media RSS. */
export function readEnclosures(
  entry: XmlNode,
  own: readonly XmlNode[],
  base: string | null,
): Enclosure[] {
  const media = [entry, ...listChildren(entry, 'media:group')].flatMap((node) =>
    listChildren(node, 'media:content'),
  );
  const enclosures = [...own, ...media].flatMap((node) => readEnclosure(node, base) ?? []);
  const seen = new Set<string>();
  return enclosures.filter(({ url }) => !seen.has(url) && seen.add(url));
}

/** The picture an entry names outside its text: a thumbnail, a podcast's cover, an enclosed picture. */
export function readEntryImage(
  entry: XmlNode,
  enclosures: readonly Enclosure[],
  base: string | null,
): string | null {
  const holders = [entry, ...listChildren(entry, 'media:group')];
  const nested = holders.flatMap((node) => listChildren(node, 'media:content'));
  const thumbnails = [...holders, ...nested].flatMap((node) =>
    listChildren(node, 'media:thumbnail'),
  );
  const named = [
    ...thumbnails.map(({ attributes }) => attributes.get('url')),
    findChild(entry, 'itunes:image')?.attributes.get('href'),
    enclosures.find(isPicture)?.url,
  ];
  const url = named.find((address) => address?.trim());
  return url ? resolveUrl(url, base) : null;
}

function readEnclosure({ attributes }: XmlNode, base: string | null): Enclosure | null {
  const url = attributes.get('url') ?? attributes.get('href');
  if (!url?.trim()) return null;
  const length = (attributes.get('length') ?? attributes.get('filesize') ?? '').trim();
  return {
    url: resolveUrl(url, base),
    type: attributes.get('type') ?? attributes.get('medium') ?? null,
    length: /^\d{1,15}$/.test(length) ? Number(length) : null,
  };
}

function isPicture({ type, url }: Enclosure): boolean {
  return type ? type.startsWith('image') : PICTURE_FILE.test(url);
}
