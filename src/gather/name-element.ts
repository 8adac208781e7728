/** The namespaces an element declares, by prefix (the empty prefix is the default), and those in force around it. */
export interface Namespaces {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: Namespaces | null;
}

const USUAL_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2005/atom', 'atom'],
  ['http://purl.org/atom/ns', 'atom'],
  ['http://purl.org/rss/1.0', ''],
  ['http://purl.org/net/rss1.1', ''],
  ['http://my.netscape.com/rdf/simple/0.9', ''],
  ['http://channel.netscape.com/rdf/simple/0.9', ''],
  ['http://backend.userland.com/rss', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://www.w3.org/1999/xhtml', ''],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://purl.org/dc/elements/1.0', 'dc'],
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.rssboard.org/media-rss', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
]);
const HOME_PREFIXES = ['', 'rss', 'xhtml'];

/**
 * One name for one meaning: the usual prefix and the local name in lower case (`dc:creator`, `media:content`), whatever prefix the document chose.
 * Elements of RSS and XHTML have no prefix, and neither have Atom's in an Atom document.
 */
export function nameElement(
  tag: string,
  namespaces: Namespaces,
  options: { readonly isAtom: boolean },
): string {
  const colon = tag.indexOf(':');
  const written = colon < 0 ? '' : tag.slice(0, colon).toLowerCase();
  const local = tag.slice(colon + 1).toLowerCase();
  const uri = findUri(written, namespaces);
  const prefix = (uri === undefined ? undefined : USUAL_PREFIXES.get(trimUri(uri))) ?? written;
  if (HOME_PREFIXES.includes(prefix) || (prefix === 'atom' && options.isAtom)) return local;
  return `${prefix}:${local}`;
}

/** The namespaces in force inside an element: the outer ones and those its attributes declare. */
export function declareNamespaces(
  outer: Namespaces | null,
  attributes: Readonly<Record<string, string>>,
): Namespaces {
  const declared = Object.entries(attributes).filter(([name]) => /^xmlns(:|$)/i.test(name));
  if (outer && declared.length === 0) return outer;
  const uris = declared.map(([name, uri]): [string, string] => [name.slice(6).toLowerCase(), uri]);
  return { declared: new Map(uris), outer };
}

function findUri(prefix: string, namespaces: Namespaces): string | undefined {
  for (let scope: Namespaces | null = namespaces; scope; scope = scope.outer) {
    const uri = scope.declared.get(prefix);
    if (uri !== undefined) return uri;
  }
  return undefined;
}

function trimUri(uri: string): string {
  return uri
    .trim()
    .toLowerCase()
    .replace(/[/#]+$/, '');
}
