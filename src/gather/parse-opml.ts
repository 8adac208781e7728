import { Parser } from 'htmlparser2';
import { cleanText } from './sanitize-html.ts';

/** A feed as a list of subscriptions names it. */
export interface ListedFeed {
  readonly url: string;
  readonly title: string | null;
  /** Names of the folders around it and of its own categories, the nearest folder first. */
  readonly folders: readonly string[];
}

/** A list of subscriptions: its feeds in order, and what could not be used, with its line. */
export interface FeedList {
  readonly feeds: readonly ListedFeed[];
  readonly refused: readonly { readonly line: number; readonly why: string }[];
}

type Attributes = Readonly<Record<string, string>>;

const MOST_FEEDS = 10_000;
const MOST_DEPTH = 100;
const MOST_NAME = 200;

/**
 * Reads the feeds of an OPML document (versions 1.0 and 2.0, with folders in folders); never throws.
 * Entities it declares itself are not expanded, and of a broken document what stands before the break counts.
 */
export function parseOpml(text: string): FeedList {
  const feeds: ListedFeed[] = [];
  const refused: { line: number; why: string }[] = [];
  const folders: string[] = [];
  const countLines = openLineCounter(text);
  let isOpml = false;
  let isWhole = false;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (tag === 'opml') isOpml = true;
        if (tag !== 'outline') return;
        const listed = readOutline(attributes, folders);
        folders.push(nameOf(attributes) ?? '');
        if (listed === null) return;
        if ('why' in listed) refused.push({ line: countLines(parser.startIndex), ...listed });
        else feeds.push(listed);
        if (feeds.length + refused.length >= MOST_FEEDS || folders.length > MOST_DEPTH) {
          refused.push({ line: countLines(parser.startIndex), why: 'what follows is too much' });
          parser.pause();
        }
      },
      onclosetag(tag) {
        if (tag === 'outline') folders.pop();
        if (tag === 'opml') isWhole = true;
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(text);
  if (!isOpml) refused.push({ line: 1, why: 'there is no <opml> in it' });
  else if (!isWhole)
    refused.push({ line: countLines(text.length), why: 'the document breaks off before </opml>' });
  return { feeds, refused };
}

/** A feed, why it cannot be one, or null for a folder. */
function readOutline(
  attributes: Attributes,
  folders: readonly string[],
): ListedFeed | { why: string } | null {
  const written = (attributes['xmlurl'] ?? attributes['url'] ?? '').trim();
  const type = attributes['type']?.trim().toLowerCase() ?? '';
  const title = nameOf(attributes);
  const name = title === null ? 'an outline' : `“${title}”`;
  if (written === '')
    return /^(?:rss|atom|feed)$/.test(type) ? { why: `${name} has no xmlUrl` } : null;
  if (type === 'link' || type === 'include') return null;
  const url = written.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:/i, 'http:');
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    return { why: `${name}: “${written.slice(0, MOST_NAME)}” is not an http(s) address` };
  const categories = (attributes['category'] ?? '').split(/[,/]/).map(cleanText);
  const around = [...[...folders].reverse(), ...categories].filter((folder) => folder !== '');
  return { url: new URL(url).href, title, folders: around };
}

function nameOf(attributes: Attributes): string | null {
  const name = cleanText(attributes['title'] || attributes['text'] || '');
  return name.slice(0, MOST_NAME) || null;
}

/** Lines are counted on, because places come in order. */
function openLineCounter(text: string): (place: number) => number {
  let line = 1;
  let counted = 0;
  return (place) => {
    for (let next = text.indexOf('\n', counted); next >= 0 && next < place;) {
      line += 1;
      counted = next + 1;
      next = text.indexOf('\n', counted);
    }
    return line;
  };
}
