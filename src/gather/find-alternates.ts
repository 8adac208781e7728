import { Parser } from 'htmlparser2';
import { resolveUrl } from './resolve-links.ts';

const FEED_TYPES = /^application\/(rss|atom|rdf|feed)\+(xml|json)$|^application\/json$/i;
const MOST_CHARACTERS = 300_000;

/** The feed addresses a web page names by `<link rel="alternate">`, absolute, in order. */
export function findAlternates(html: string, pageUrl: string | null): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const { rel = '', type = '', href = '' } = attributes;
      const isFeed = name === 'link' && /\balternate\b/i.test(rel) && FEED_TYPES.test(type.trim());
      if (isFeed && href.trim()) found.push(resolveUrl(href, pageUrl));
      if (name === 'body') parser.pause();
    },
  });
  parser.write(html.slice(0, MOST_CHARACTERS));
  return found;
}
