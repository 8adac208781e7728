import { decodeEntities } from './decode-entities.ts';

const IMAGE = /<img\b[^<>]*>/gi;
const SOURCE = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
/** A side of one or two pixels: a counter, not a picture. */
const COUNTER = /\s(?:width|height)\s*=\s*["']?[012](?:px)?["'\s/>]/i;
const MOST_IMAGES = 20;

/** The address of the first picture in `html` that is on the web and large enough to be seen; null when there is none. */
export function findImage(html: string): string | null {
  let seen = 0;
  for (const [tag] of html.matchAll(IMAGE)) {
    const [, quoted, single, bare] = SOURCE.exec(tag) ?? [];
    const url = decodeEntities(quoted ?? single ?? bare ?? '').trim();
    if (/^https?:\/\//i.test(url) && !COUNTER.test(tag)) return url;
    seen += 1;
    if (seen === MOST_IMAGES) return null;
  }
  return null;
}
