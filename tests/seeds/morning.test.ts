import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { DomUtils, parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { isZone } from '../../src/domain/local-time.ts';
import { findAddressFault, normalizeAddress } from '../../src/domain/subscriber.ts';

interface Label {
  event: string;
  theme: string;
  language: string;
  thread?: string;
  conflict?: { about: string; figure: string };
  copyOf?: string;
  kind?: string;
}
interface Entry {
  file: string;
  url: string;
  title: string;
  date: string | null;
}
interface Newsletter {
  slug: string;
  themes: { slug: string; cap: number }[];
  feeds: { url: string }[];
}

const MORNING = new URL('../../seeds/morning/', import.meta.url);
const FILES = readdirSync(new URL('feeds', MORNING)).sort();
const WIRES = readdirSync(new URL('wires', MORNING)).sort();
const WIRE_LINES = WIRES.flatMap((file) => readSeed(`wires/${file}`).split('\n'));
const ENTRIES = FILES.flatMap(readEntries);
const GOLD = JSON.parse(readSeed('gold.json')) as Record<string, Label>;
const LABELS = Object.entries(GOLD);
const SERVER = JSON.parse(readSeed('server.json')) as {
  slow: Record<string, number>;
  gone: string[];
  types: Record<string, string>;
};
const CONFIG = parseYaml(readSeed('daybrief.yaml')) as { newsletters: Newsletter[] };
const NEWSLETTER = CONFIG.newsletters[0]!;

describe('the demo morning', () => {
  test('is a full morning: enough feeds, articles and events', () => {
    expect(FILES.length).toBeGreaterThanOrEqual(11);
    expect(new Set(ENTRIES.map((entry) => entry.url)).size).toBeGreaterThanOrEqual(110);
    expect(new Set(LABELS.map(([, label]) => label.event)).size).toBeGreaterThanOrEqual(55);
  });

  test('has one top story in six or more outlets and several in three or four', () => {
    const outletsPerEvent = [...countOutlets().values()].sort((a, b) => b - a);
    expect(outletsPerEvent[0]).toBeGreaterThanOrEqual(6);
    expect(outletsPerEvent.slice(1).filter((count) => count >= 3).length).toBeGreaterThanOrEqual(8);
    expect(outletsPerEvent.filter((count) => count === 2).length).toBeGreaterThanOrEqual(12);
  });

  test('gives every entry a title, also in the feed that is broken and cut off', () => {
    expect(ENTRIES.filter((entry) => entry.title === '')).toEqual([]);
    expect(ENTRIES.filter((entry) => entry.file === 'lowmere-argus.xml')).toHaveLength(6);
    expect(readSeed('feeds/lowmere-argus.xml')).not.toContain('</rss>');
  });

  test('puts the same article into two feeds once, and no other', () => {
    const urls = ENTRIES.map((entry) => entry.url);
    const repeated = urls.filter((url, place) => urls.indexOf(url) !== place);
    expect(repeated).toEqual(['https://harbourtimes.example/news/orrin-halden-takeover/']);
  });

  test('reads right on any day: no weekday, no month, no year, no real date', () => {
    const calendar =
      /\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d|(?:19|20)\d\d|\d+-\d\d-\d\d)\b/g;
    const texts = [
      ...FILES.map((file) => `feeds/${file}`),
      ...WIRES.map((file) => `wires/${file}`),
    ];
    const found = texts.flatMap((path) => withoutNames(readSeed(path)).match(calendar) ?? []);
    expect(found).toEqual([]);
  });

  test('writes every time as a mark between 20 minutes and 22 hours back', () => {
    for (const file of FILES) {
      const text = readSeed(`feeds/${file}`);
      const marks = [...text.matchAll(/@@(rfc822|iso) -(\d+)m@@/g)];
      expect(text.split('@@').length - 1, file).toBe(marks.length * 2);
      for (const [mark, , minutes] of marks) {
        expect(Number(minutes), `${file} ${mark}`).toBeGreaterThanOrEqual(20);
        expect(Number(minutes), `${file} ${mark}`).toBeLessThanOrEqual(22 * 60);
      }
    }
  });

  test('writes each date in the form its format asks for, and leaves two entries without one', () => {
    const dated = ENTRIES.filter((entry) => entry.date !== null);
    expect(ENTRIES.length - dated.length).toBe(2);
    const isRss = (file: string) => readSeed(`feeds/${file}`).includes('<rss');
    const wrong = dated.filter(
      (entry) => !entry.date?.startsWith(isRss(entry.file) ? '@@rfc822' : '@@iso'),
    );
    expect(wrong).toEqual([]);
  });

  test('stays in its invented world: no host outside .example, save two that formats refer to', () => {
    const hosts = FILES.flatMap((file) =>
      [...withoutNames(readSeed(`feeds/${file}`)).matchAll(/https?:\/\/([a-z0-9.-]+)/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    const outside = hosts.filter((host) => !host.endsWith('.example'));
    expect([...new Set(outside)].sort()).toEqual(['jsonfeed.org', 'www.rssboard.org']);
  });
});

describe('the gold labels', () => {
  test('cover every article, and nothing else but lines of wire copy', () => {
    const urls = new Set(ENTRIES.map((entry) => entry.url));
    expect([...urls].filter((url) => !GOLD[url])).toEqual([]);
    const strangers = Object.keys(GOLD).filter(
      (key) => !urls.has(key) && !WIRE_LINES.includes(key),
    );
    expect(strangers).toEqual([]);
  });

  test('use the themes of the newsletter, each of them more than once', () => {
    const slugs = NEWSLETTER.themes.map((theme) => theme.slug);
    const used = LABELS.map(([, label]) => label.theme);
    expect(used.filter((theme) => !slugs.includes(theme))).toEqual([]);
    for (const slug of slugs) {
      expect(used.filter((theme) => theme === slug).length, slug).toBeGreaterThan(4);
    }
  });

  test('agree within an event on its theme and its thread', () => {
    for (const [event, labels] of groupByEvent()) {
      expect(new Set(labels.map((label) => label.theme)).size, event).toBe(1);
      expect(new Set(labels.map((label) => label.thread)).size, event).toBe(1);
    }
  });

  test('call it a conflict only where two articles of one event differ in English', () => {
    for (const [event, labels] of groupByEvent()) {
      const english = labels.filter((label) => label.language === 'en');
      const figures = english.flatMap((label) => (label.conflict ? [label.conflict] : []));
      if (figures.length === 0) continue;
      expect(new Set(figures.map((conflict) => conflict.about)).size, event).toBe(1);
      expect(new Set(figures.map((conflict) => conflict.figure)).size, event).toBeGreaterThan(1);
    }
  });

  test('name English and three other languages', () => {
    const languages = new Set(LABELS.map(([, label]) => label.language));
    expect([...languages].sort()).toEqual(['de', 'en', 'es', 'fr']);
  });
});

describe('the files of the demo', () => {
  test('are all listed in daybrief.yaml, with the one that is gone and the wires', () => {
    const listed = NEWSLETTER.feeds.map((feed) => feed.url.replace('http://seeds.example/', ''));
    expect(listed.sort()).toEqual([...FILES, ...SERVER.gone, 'wires'].sort());
  });

  test('have a content type each, and the slow one exists', () => {
    expect(Object.keys(SERVER.types).sort()).toEqual(FILES);
    expect(Object.keys(SERVER.slow).filter((file) => !FILES.includes(file))).toEqual([]);
    expect(SERVER.gone.filter((file) => FILES.includes(file))).toEqual([]);
  });

  test('include two wire pages of 12 to 16 lines', () => {
    expect(WIRES).toHaveLength(2);
    for (const file of WIRES) {
      const lines = readSeed(`wires/${file}`).trim().split('\n');
      expect(lines.length, file).toBeGreaterThanOrEqual(12);
      expect(lines.length, file).toBeLessThanOrEqual(16);
    }
  });

  test('include 25 readers with unique addresses, real zones and a consent', () => {
    const readers = parseCsv<Record<string, string>>(readSeed('subscribers.csv'), {
      columns: true,
    });
    expect(readers).toHaveLength(25);
    expect(new Set(readers.map((reader) => normalizeAddress(reader.address ?? ''))).size).toBe(25);
    for (const { address = '', name, zone = '', language, consent } of readers) {
      expect(findAddressFault(address), address).toBeNull();
      expect(isZone(zone), zone).toBe(true);
      expect([name, language, consent], address).not.toContain('');
    }
  });
});

function readSeed(path: string): string {
  return readFileSync(new URL(path, MORNING), 'utf8');
}

function readEntries(file: string): Entry[] {
  const text = readSeed(`feeds/${file}`);
  return file.endsWith('.json') ? readJsonEntries(file, text) : readXmlEntries(file, text);
}

function readJsonEntries(file: string, text: string): Entry[] {
  const feed = JSON.parse(text) as {
    items: { url: string; title: string; date_published?: string }[];
  };
  return feed.items.map((item) => ({
    file,
    url: withoutTracking(item.url),
    title: item.title,
    date: item.date_published ?? null,
  }));
}

function readXmlEntries(file: string, text: string): Entry[] {
  const document = parseDocument(text, { xmlMode: true });
  const base = /xml:base='([^']+)'/.exec(text)?.[1];
  const elements = DomUtils.getElements(
    { tag_name: (name) => name === 'item' || name === 'entry' },
    document,
    true,
  );
  return elements.map((element) => {
    const find = (name: string) => DomUtils.getElementsByTagName(name, element)[0];
    const link = find('link');
    const address = link?.attribs['href'] ?? (link ? DomUtils.textContent(link) : '');
    const date = find('pubDate') ?? find('published') ?? find('updated') ?? find('dc:date');
    const title = find('title');
    return {
      file,
      url: withoutTracking(new URL(address.trim(), base).href),
      title: title ? DomUtils.textContent(title).trim() : '',
      date: date ? DomUtils.textContent(date) : null,
    };
  });
}

function withoutTracking(address: string): string {
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) {
    if (name.startsWith('utm_')) url.searchParams.delete(name);
  }
  return url.href;
}

/** A document without its namespace names, which hold years and hosts of their own. */
function withoutNames(text: string): string {
  return text.replace(/xmlns(?::\w+)?=("[^"]*"|'[^']*')/g, '');
}

function groupByEvent(): Map<string, Label[]> {
  return Map.groupBy(
    LABELS.map(([, label]) => label),
    (label) => label.event,
  );
}

/** English-language outlets per event, by the host of the article's URL. */
function countOutlets(): Map<string, number> {
  const articles = LABELS.filter(([key, label]) => URL.canParse(key) && label.language === 'en');
  const events = Map.groupBy(articles, ([, label]) => label.event);
  return new Map(
    [...events].map(([event, members]) => [
      event,
      new Set(members.map(([key]) => new URL(key).host)).size,
    ]),
  );
}
