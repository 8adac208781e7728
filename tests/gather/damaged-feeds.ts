import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { ParsedFeed, Unreadable } from '../../src/gather/parse-feed.ts';

const FOLDER = new URL('../fixtures/feeds/', import.meta.url);
const NAMES =
  'rss channel feed entry item title link guid id description summary content content:encoded media:group media:thumbnail pubDate updated category author name enclosure dc:creator atom:link image url source b __proto__ constructor'.split(
    ' ',
  );
const VALUES = [
  'https://example.org/a',
  '/a?b=1&c=2',
  'http://[',
  'javascript:alert(1)',
  'Mon, 03 Mar 2025 05:30:00 GMT',
  '2025-03-03T05:30:00',
  '&lt;b&gt;bold&lt;/b&gt; &amp;amp; &nosuch; &#x110000; &#0;',
  '<![CDATA[<p onclick=x><script>alert(1)</script><img src=x onerror=y>]]>',
  'éя中\u0000\u202e\ud800',
  '',
];
const ATTRIBUTES = [
  'xmlns="http://www.w3.org/2005/Atom"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xml:base="../x/"',
  'type="html"',
  'type="xhtml"',
  'mode="base64"',
  'href="a"',
  'rel="enclosure"',
  'url="a"',
  'isPermaLink="x"',
  'version="2.0"',
  '__proto__="x"',
];

/** Documents whose elements may stand anywhere, some without an end. */
export function madeUpFeeds(): fc.Arbitrary<string> {
  const { document } = fc.letrec<{ document: string; node: string }>((tie) => ({
    document: fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    node: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom(...VALUES),
      fc
        .tuple(
          fc.constantFrom(...NAMES),
          fc.array(fc.constantFrom(...ATTRIBUTES), { maxLength: 3 }),
          fc.array(tie('node'), { maxLength: 6 }),
          fc.integer({ min: 0, max: 9 }),
        )
        .map(([name, attributes, inside, end]) => {
          const start = `<${[name, ...attributes].join(' ')}>`;
          return `${start}${inside.join('')}${end === 0 ? '' : `</${name}>`}`;
        }),
    ),
  }));
  return document.map((inside) => `<rss><channel>${inside}</channel></rss>`);
}

/** Real documents with pieces taken out, doubled, replaced by others' pieces or by random bytes. */
export function damagedFeeds(): fc.Arbitrary<Uint8Array> {
  const names = readdirSync(FOLDER).filter((name) => !name.endsWith('.expected.json'));
  const documents = names.map((name) => readFileSync(new URL(name, FOLDER)));
  const wound = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 200 }),
    other: fc.constantFrom(...documents),
    kind: fc.constantFrom('cut', 'double', 'graft', 'noise', 'end'),
    noise: fc.uint8Array({ maxLength: 20 }),
  });
  return fc
    .tuple(fc.constantFrom(...documents), fc.array(wound, { minLength: 1, maxLength: 5 }))
    .map(([document, wounds]) =>
      wounds.reduce((bytes: Uint8Array, { at, length, other, kind, noise }) => {
        const place = Math.floor(at * bytes.length);
        const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
        const piece = bytes.subarray(place, place + length);
        const graft = other.subarray(place % other.length).subarray(0, length);
        if (kind === 'cut') return Buffer.concat([before, after.subarray(length)]);
        if (kind === 'double') return Buffer.concat([before, piece, after]);
        if (kind === 'graft') return Buffer.concat([before, graft, after.subarray(length)]);
        if (kind === 'noise') return Buffer.concat([before, noise, after.subarray(noise.length)]);
        return before;
      }, document),
    );
}

/** What is wrong with a result, whatever the document was; nothing when all promises are kept. */
export function listFaults(parsed: ParsedFeed | Unreadable): string[] {
  if ('error' in parsed) return parsed.error === '' ? ['an empty error'] : [];
  const faults: string[] = [];
  const check = (isFine: boolean, fault: string): number => (isFine ? 0 : faults.push(fault));
  check(parsed.entries.length <= 2_000, 'too many entries');
  check(Object.keys(Object.prototype).length === 0, 'a polluted prototype');
  for (const entry of parsed.entries) {
    for (const date of [entry.publishedAt, entry.updatedAt])
      check(date === null || /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/.test(date), `the date ${date}`);
    for (const text of [entry.title, entry.summary])
      check(
        text === null || (text !== '' && !/[\u0000-\u001f\u202a-\u202e]/.test(text)),
        `the text ${text}`,
      );
    for (const html of [entry.summaryHtml, entry.contentHtml])
      check(
        !html ||
          !/<(?:script|style|iframe|svg)\b|<[^>]*\son\w+=|<[^>]*="\s*javascript:/i.test(html),
        `the HTML ${html}`,
      );
    for (const { name, email } of entry.authors)
      check(Boolean(name ?? email), 'an author without name and address');
    for (const { url } of entry.enclosures)
      check(url.trim() !== '', 'an enclosure without address');
    check(entry.url !== '' && entry.image !== '', 'an empty address');
  }
  return faults;
}
