import { Parser } from 'htmlparser2';
import { resolveUrl } from './resolve-links.ts';

const FEED_TYPES =
  /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$|^(?:application|text)\/(?:json|xml)$/i;
const FEED_ADDRESS =
  /(?:^|[/._-])(?:rss|feeds?|atom)(?:\.(?:xml|rdf|json|php))?\/?$|\.(?:rss|rdf|atom)$/i;
const MOST_CHARACTERS = 300_000;
const MOST_FOUND = 20;

/** The feed addresses a web page names by `<link rel="alternate">`, else by links that look like one; absolute, in order. */
export function findAlternates(html: string, pageUrl: string | null): string[] {
  const named = new Set<string>();
  const linked = new Set<string>();
  let base = pageUrl;
  const parser = new Parser({
    onopentag(name, { rel = '', type = '', href = '' }) {
      const address = href.trim();
      if (address === '') return;
      if (name === 'base') base = URL.parse(address, pageUrl ?? undefined)?.href ?? base;
      if (
        name === 'link' &&
        /\balternate\b/i.test(rel) &&
        FEED_TYPES.test(type.replace(/;.*/s, '').trim())
      )
        named.add(resolveUrl(address, base));
      if (name === 'a' && FEED_ADDRESS.test(address.replace(/[?#].*$/s, '')))
        linked.add(resolveUrl(address, base));
    },
  });
  parser.write(html.slice(0, MOST_CHARACTERS));
  return [...(named.size > 0 ? named : linked)].slice(0, MOST_FOUND);
}
