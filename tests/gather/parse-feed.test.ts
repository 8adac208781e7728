import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFeed, type ParsedFeed, type Unreadable } from '../../src/gather/parse-feed.ts';
import { damagedFeeds, listFaults, madeUpFeeds } from './damaged-feeds.ts';

const FOLDER = new URL('../fixtures/feeds/', import.meta.url);
const documents = readdirSync(FOLDER).filter((name) => !name.endsWith('.expected.json'));

function parse(text: string | Uint8Array, contentType: string | null = null) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return parseFeed(bytes, { contentType, url: 'https://example.org/feed' });
}

function parsed(text: string | Uint8Array, contentType: string | null = null): ParsedFeed {
  const feed = parse(text, contentType);
  if ('error' in feed) throw new Error(feed.error);
  return feed;
}

function rss(inside: string): string {
  return `<rss version="2.0"><channel><title>t</title>${inside}</channel></rss>`;
}

/** Rewritten with `vitest -u`; read the difference before you keep it. */
describe('the feed document', () => {
  it.each(documents)('%s is read as written down beside it', async (name) => {
    const feed = parseFeed(readFileSync(new URL(name, FOLDER)), {
      contentType: null,
      url: `https://feeds.example.org/${name}`,
    });
    const golden = new URL(`${basename(name).replace(/\.\w+$/, '')}.expected.json`, FOLDER);
    await expect(`${JSON.stringify(feed, null, 2)}\n`).toMatchFileSnapshot(golden.pathname);
  });
});

describe('parsing a feed', () => {
  it('keeps the HTML as written but for its links when asked for raw', () => {
    const html =
      '<p onclick="x()">A <a href="b?c=1&amp;d=2" class=k>link</a><script>1</script></p>';
    const bytes = new TextEncoder().encode(
      rss(`<item><title>x</title><description><![CDATA[${html}]]></description></item>`),
    );
    const options = { contentType: null, url: 'https://example.org/feed' };
    const raw = parseFeed(bytes, { ...options, isRaw: true }) as ParsedFeed;
    expect(raw.entries[0]?.summaryHtml).toBe(html.replace('b?c=1', 'https://example.org/b?c=1'));
    const clean = parseFeed(bytes, options) as ParsedFeed;
    expect(clean.entries[0]?.summaryHtml).toBe(
      '<p>A <a href="https://example.org/b?c=1&amp;d=2">link</a></p>',
    );
  });

  it('believes the HTTP charset before the document, unless the bytes say otherwise', () => {
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="utf-8"?>' + rss('<item><title>caf\xe9</title></item>'),
      'latin1',
    );
    expect(parsed(latin, 'text/xml; charset=iso-8859-1').entries[0]?.title).toBe('café');
    expect(parsed(latin, 'text/xml; charset=utf-8').entries[0]?.title).toBe('café');
    const utf8 = rss('<item><title>café</title></item>');
    expect(parsed(utf8, 'text/xml; charset=nonsense').entries[0]?.title).toBe('café');
    expect(parsed(utf8, 'text/xml; charset=utf-16').entries[0]?.title).toBe('café');
  });

  it('survives one bad byte in a UTF-8 document', () => {
    const bytes = Buffer.concat([
      Buffer.from('<rss><channel><title>naïve café '),
      Buffer.from([0xff]),
      Buffer.from('</title></channel></rss>'),
    ]);
    expect(parsed(bytes)).toMatchObject({ encoding: 'utf-8', title: 'naïve café \uFFFD' });
  });

  it('reads at most 2,000 entries', () => {
    expect(parsed(rss('<item><title>x</title></item>'.repeat(2_500))).entries).toHaveLength(2_000);
    const items = Array.from({ length: 2_500 }, (_, id) => ({ id: String(id) }));
    const json = JSON.stringify({ version: 'https://jsonfeed.org/version/1', items });
    expect(parsed(json).entries).toHaveLength(2_000);
  });

  it('stops at a great depth and keeps the entries before it', () => {
    const deep = `<item><title>x</title></item><item>${'<a>'.repeat(200_000)}`;
    expect(parsed(rss(deep)).entries).toHaveLength(1);
  });

  it('does not let names of JavaScript reach its objects', () => {
    const item =
      '<item __proto__="x" constructor="y"><title>x</title><__proto__>z</__proto__></item>';
    expect(parsed(rss(item)).entries[0]?.title).toBe('x');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    parsed(
      '{"version":"https://jsonfeed.org/version/1","__proto__":{"polluted":1},"items":[{"__proto__":{"polluted":1}}]}',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    ['', /empty/],
    ['   ', /empty/],
    ['{"items":', /not a JSON Feed/],
    ['[1,2]', /not a JSON Feed/],
    ['hello', /neither RSS/],
    ['<!doctype html><html><body>hi</body></html>', /web page/],
  ])('says why %j is not a feed', (text, reason) => {
    expect((parse(text) as Unreadable).error).toMatch(reason);
  });

  it('does not take an element of a page for a feed', () => {
    expect(parse('<html><body><p>channel</p></body></html>')).toHaveProperty('error');
  });

  it('never throws, whatever bytes come', () => {
    const pieces = fc.constantFrom(
      '<item>',
      '</item>',
      '<rss>',
      '<channel>',
      '<title>',
      '<![CDATA[',
      ']]>',
      '&',
      '&amp;',
      '<',
      '>',
      '"',
      '<?xml ',
      '<!DOCTYPE [',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      '<entry>',
      '<link href="',
      '\u0000',
      'é',
      '<!--',
      '{',
      '[',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (list) => {
        expect(() => parse(list.join(''))).not.toThrow();
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => parse(bytes)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('keeps its promises for feeds damaged in any way', () => {
    fc.assert(
      fc.property(damagedFeeds(), (bytes) => {
        expect(listFaults(parse(bytes))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps its promises for elements in any order, some without an end', () => {
    fc.assert(
      fc.property(madeUpFeeds(), (text) => {
        expect(listFaults(parse(text))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Each would take minutes or gigabytes if work grew faster than the document; the test runner's time limit is the measure. */
describe('a hostile document', () => {
  const item = (inside: string): string => rss(`<item><title>x</title>${inside}</item>`);
  const numbered = (count: number, write: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => write(index)).join('');
  const documents: readonly (readonly [string, () => string])[] = [
    ['100,000 levels', () => rss('<a>'.repeat(100_000))],
    ['100,000 levels of HTML', () => item(`<description>${'&lt;div>'.repeat(100_000)}`)],
    ['60,000 enclosures', () => item(numbered(60_000, (index) => `<enclosure url="${index}"/>`))],
    ['90,000 categories', () => item(numbered(90_000, (index) => `<category>${index}</category>`))],
    ['800,000 attributes', () => rss(`<item ${numbered(800_000, (index) => `a${index}="" `)}/>`)],
    ['unclosed comments', () => '<!--'.repeat(1_000_000)],
    ['unclosed images', () => item(`<description>${'&lt;img src='.repeat(500_000)}</description>`)],
    ['unfinished links', () => item(`<description>${'href= '.repeat(1_000_000)}</description>`)],
    ['bare ampersands', () => item(`<description>${'&'.repeat(5_000_000)}</description>`)],
    ['references', () => item(`<description>${'&eacute;'.repeat(1_000_000)}</description>`)],
    ['lists in JSON', () => `{"items":[${'['.repeat(5_000_000)}`],
    ['objects in JSON', () => `{"items":[{"tags":[${'{},'.repeat(3_000_000)}`],
    ['backslashes in JSON', () => `{"items":["${'\\'.repeat(5_000_000)}`],
    ['a page of links', () => `<html>${'<a href="/feed">'.repeat(300_000)}`],
    ['fifty megabytes', () => ' '.repeat(50_000_000)],
  ];

  it.each(documents)('of %s does no harm', (_, write) => {
    expect(listFaults(parse(write()))).toEqual([]);
  });

  it('gets neither files nor its own entities from a DTD', () => {
    const dtd =
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>';
    expect(parsed(`${dtd}${item('<guid>&b;&file;</guid>')}`).entries[0]?.id).toBe('&b;&file;');
  });

  it('loses what stands behind the first twelve megabytes', () => {
    const entry = `<item><title>x</title><description>${'lorem '.repeat(2_000)}</description></item>`;
    const { entries } = parsed(rss(entry.repeat(1_200)));
    expect(entries.length).toBeGreaterThan(900);
    expect(entries.length).toBeLessThan(1_000);
  });
});
