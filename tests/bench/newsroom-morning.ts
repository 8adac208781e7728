import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Candidate } from '../../src/domain/article.ts';
import { addTime, MINUTE, type Instant } from '../../src/domain/instant.ts';
import { canonicalizeUrl } from '../../src/gather/canonicalize-url.ts';
import { normalizeEntry } from '../../src/gather/normalize-entry.ts';
import { parseFeed } from '../../src/gather/parse-feed.ts';
import { splitWireText } from '../../src/gather/split-wire-text.ts';
import type { LabelledArticle } from './newsroom-sets.ts';

interface FeedConfiguration {
  readonly url: string;
  readonly outlet?: string;
  readonly language?: string;
  readonly theme?: string;
  readonly weight?: number;
}

type Gold = Readonly<Record<string, { readonly event: string; readonly theme: string }>>;

const MORNING = join(import.meta.dirname, '..', '..', 'seeds', 'morning');
const NOW: Instant = '2026-03-02T06:00:00.000Z';

/** The articles of the bundled morning that have gold labels, as the product gathers them. */
export function readMorning(): readonly LabelledArticle[] {
  const gold = JSON.parse(readSeed('gold.json')) as Gold;
  const { newsletters } = parse(readSeed('daybrief.yaml')) as {
    newsletters: readonly { feeds: readonly FeedConfiguration[] }[];
  };
  const feeds = newsletters.flatMap((newsletter) => newsletter.feeds);
  const articles = new Map(feeds.flatMap(readFeed).map((article) => [article.key, article]));
  const labels = new Map(Object.entries(gold).map(([mark, label]) => [canonicalize(mark), label]));
  return [...articles.values()].flatMap((candidate) => {
    const label = labels.get(candidate.key) ?? findWireLabel(candidate, gold);
    return label ? [{ candidate, event: label.event, affair: null, themes: [label.theme] }] : [];
  });
}

function canonicalize(mark: string): string {
  return canonicalizeUrl(mark) ?? mark;
}

/** Wire copy has no URL: its label stands under a whole line of it. */
function findWireLabel(candidate: Candidate, gold: Gold): Gold[string] | undefined {
  const text = lettersOf(`${candidate.title} ${candidate.text}`);
  const line = Object.keys(gold).find(
    (mark) => !mark.startsWith('http') && text.includes(lettersOf(mark).slice(0, 60)),
  );
  return line === undefined ? undefined : gold[line];
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function readFeed(feed: FeedConfiguration): readonly Candidate[] {
  const name = feed.url.split('/').at(-1) ?? '';
  const articles = name === 'wires' ? readWires(feed) : readDocument(name, feed);
  return articles.map((article, position) => ({
    ...article,
    feedWeight: feed.weight ?? 1,
    position,
    themeHint: feed.theme ?? null,
  }));
}

function readDocument(name: string, feed: FeedConfiguration) {
  if (!readdirSync(join(MORNING, 'feeds')).includes(name)) return [];
  const url = `http://seeds.example/${name}`;
  const bytes = readFileSync(join(MORNING, 'feeds', name)).toString('latin1');
  const dated = Buffer.from(bytes.replace(MARK, writeDate), 'latin1');
  const parsed = parseFeed(Uint8Array.from(dated), { contentType: null, url, isRaw: false });
  if ('error' in parsed) return [];
  const origin = {
    url,
    siteUrl: parsed.url,
    outlet: feed.outlet ?? null,
    language: feed.language ?? parsed.language,
  };
  return parsed.entries.flatMap((entry) => normalizeEntry(entry, { feed: origin, now: NOW }) ?? []);
}

const MARK = /@@(rfc822|iso) (-?\d+)m@@/g;

function writeDate(_: string, format: string, minutes: string): string {
  const instant = addTime(NOW, Number(minutes) * MINUTE);
  return format === 'iso' ? instant : new Date(instant).toUTCString();
}

function readWires(feed: FeedConfiguration) {
  const outlet = { key: 'lantern', name: feed.outlet ?? 'Wire' };
  return readdirSync(join(MORNING, 'wires')).flatMap((file) =>
    splitWireText(readSeed(`wires/${file}`), { outlet, arrivedAt: NOW }),
  );
}

function readSeed(path: string): string {
  return readFileSync(join(MORNING, path), 'utf8');
}
