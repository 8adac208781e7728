import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { closeApp, openApp } from '../../src/app/open-app.ts';
import { loadConfiguration } from '../../src/config.ts';
import type { Article } from '../../src/domain/article.ts';
import { addTime, MINUTE } from '../../src/domain/instant.ts';
import type { Issue } from '../../src/domain/issue.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { openTransport } from '../../src/deliver/open-transport.ts';
import type { Log } from '../../src/log.ts';
import { saveArticles } from '../../src/store/articles.ts';
import { saveFeed, saveFeedUse } from '../../src/store/feeds.ts';
import { findIssue } from '../../src/store/issues.ts';
import { streamLedger } from '../../src/store/ledger.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { saveReaders } from '../../src/store/subscribers.ts';
import { openFaultServer, type FaultServer, type Script } from '../deliver/fault-server.ts';

/** A Monday; in Berlin the cut-off is 05:30, the freeze 06:30, the slot 07:00, the deadline 11:00. */
export const DATE = '2026-03-09';
export const EVENING_BEFORE = '2026-03-08T20:00:00.000Z';

export const NEWSLETTER: Newsletter = {
  slug: 'morning',
  name: 'The Morning',
  language: 'en',
  sender: { name: 'The Morning', address: 'brief@example.org' },
  zone: 'Europe/Berlin',
  sendTime: '07:00',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  kind: 'daily',
  deadlineMinutes: 240,
  missedRun: 'roll',
  look: 'broadsheet',
  minimumStories: 1,
  postalAddress: '1 Quay Street, Harbour Town',
  themes: [{ slug: 'world', name: 'World', words: ['ferry', 'bridge', 'harbour'], cap: 4 }],
  defaultTheme: null,
  editors: [],
  readerTime: 'newsletter',
  holidays: [],
  isPaused: false,
};

type LogFields = NonNullable<Parameters<Log['info']>[1]>;

/** An app on a real store whose clock is set by hand. */
export interface SampleApp {
  readonly app: App;
  readonly folder: string;
  /** Names of the events that were logged, with their fields. */
  readonly events: { readonly event: string; readonly fields: LogFields }[];
  /** Sets the clock: `HH:MM` in Berlin on DATE, or a full instant. */
  readonly setClock: (time: string) => void;
}

/** Opens an app in `folder` (a new one when none is given) that mails to `smtpUrl` (where nobody listens when none is given); closed when the test is over. */
export async function openSampleApp(
  options: {
    smtpUrl?: string;
    folder?: string;
    publicUrl?: string;
    settings?: Readonly<Record<string, string>>;
  } = {},
): Promise<SampleApp> {
  const folder = options.folder ?? makeFolder();
  const configuration = loadConfiguration(
    {
      data: folder,
      smtp_url: options.smtpUrl ?? 'smtp://127.0.0.1:9',
      smtp_connections: '2',
      public_url: options.publicUrl ?? 'https://brief.example.org',
      ...options.settings,
    },
    folder,
  );
  let now = EVENING_BEFORE;
  const events: { event: string; fields: LogFields }[] = [];
  const app = await openApp(configuration, { log: makeLog(events), now: () => now });
  onTestFinished(() => closeApp(app));
  return {
    app,
    folder,
    events,
    setClock: (time) => {
      now = time.length > 5 ? time : toInstant(time);
    },
  };
}

function makeLog(events: { event: string; fields: LogFields }[]): Log {
  const write = (event: string, fields: LogFields = {}): void =>
    void events.push({ event, fields });
  return { debug: write, info: write, warn: write, error: write };
}

/** `HH:MM` on DATE in Berlin, where it is winter: UTC+1. */
function toInstant(time: string): string {
  return addTime(`${DATE}T${time}:00.000Z`, -60 * MINUTE);
}

/** A mail server of this test, closed when the test is over. */
export async function openMailServer(
  script: Script = {},
  extensions: readonly string[] = [],
): Promise<FaultServer> {
  const server = await openFaultServer(script, { extensions });
  onTestFinished(() => server.close());
  return server;
}

/** The newsletter with its readers, and news of the night before. */
export async function fillSampleApp(
  app: App,
  options: {
    newsletter?: Partial<Newsletter>;
    readers?: readonly string[];
    addresses?: readonly string[];
  } = {},
): Promise<Newsletter> {
  const newsletter = { ...NEWSLETTER, ...options.newsletter };
  await saveNewsletter(app.store, newsletter, app.now());
  await addArticles(app, newsletter.slug, [0, 1, 2, 3, 4]);
  const { readers = ['ada', 'ben', 'cleo'] } = options;
  const addresses = options.addresses ?? readers.map(addressOf);
  await addAddresses(app, addresses, newsletter.slug);
  return newsletter;
}

/** Adds active readers at example.org. */
export async function addReaders(
  app: App,
  names: readonly string[],
  newsletter = NEWSLETTER.slug,
): Promise<void> {
  await addAddresses(app, names.map(addressOf), newsletter);
}

const addressOf = (name: string) => `${name}@example.org`;

async function addAddresses(
  app: App,
  addresses: readonly string[],
  newsletter: string,
): Promise<void> {
  const readers = addresses.map((address) => ({
    address,
    name: address.split('@')[0] ?? '',
    zone: null,
    language: null,
    newsletter,
    consent: 'asked for it at the fair',
  }));
  await saveReaders(app.store, readers, app.now());
}

/** Lets a feed of the newsletter carry these of the sample articles. */
export async function addArticles(
  app: App,
  newsletter: string,
  which: readonly number[],
): Promise<void> {
  const url = `https://harbour.example/${newsletter}.xml`;
  const definition = { url, outlet: null, weight: 1, language: null };
  const feed = await saveFeed(app.store, definition, app.now());
  const use = { newsletter, feedId: feed.id, themeHint: 'world', excludedWords: [] };
  await saveFeedUse(app.store, use);
  const articles = which.map((index) => sampleArticle(index));
  await saveArticles(app.store, articles, { feedId: feed.id, now: app.now() });
  // Only wire folders can be read without a network, and these articles are here already.
  await app.store.db.updateTable('feeds').set({ state: 'retired' }).execute();
}

const NEWS = [
  ['Ferry runs aground off the northern cape', 'All 214 passengers were brought ashore by noon.'],
  ['Parliament passes the budget after a night of talks', 'The vote was 71 to 64.'],
  ['Orchard growers fear a late frost', 'Blossom came eleven days early this spring.'],
  ['Museum returns bronze bell to its village', 'The bell was taken down in 1917.'],
  ['Railway closes the old tunnel for two years', 'Buses will replace 40 trains a day.'],
  ['Chess club wins the league for a third time', 'Its youngest player is thirteen.'],
] as const;

/** One of six articles about six different events. */
function sampleArticle(index: number): Article {
  const [title, sentence] = NEWS[index] ?? NEWS[0];
  return {
    key: `https://harbour.example/${index}`,
    url: `https://harbour.example/${index}`,
    title,
    summary: `${title}. ${sentence}`,
    text: '',
    outlet: { key: 'harbour.example', name: 'The Harbour' },
    language: 'en',
    publishedAt: addTime('2026-03-08T18:00:00.000Z', index * MINUTE),
    isDateGuessed: false,
    image: null,
    categories: [],
  };
}

/** The newsletter's issue of a date, which must be there. */
export async function readIssue(
  app: App,
  date = DATE,
  newsletter = NEWSLETTER.slug,
): Promise<Issue> {
  const issue = await findIssue(app.store, { newsletter, date, kind: 'daily' });
  if (!issue) throw new Error(`there is no issue ${newsletter}/${date}`);
  return issue;
}

/** The ledger of an issue as `name: state`, by address. */
export async function readLedger(app: App, date = DATE): Promise<Readonly<Record<string, string>>> {
  const rows: [string, string][] = [];
  for await (const row of streamLedger(app.store, (await readIssue(app, date)).id))
    rows.push([row.subscriber.replace('@example.org', ''), row.state]);
  return Object.fromEntries(rows);
}

/** Everyone a server took a message for over one connection, in any order, with repetitions. */
export function listMailed(server: FaultServer): readonly string[] {
  return server.messages
    .map((message) => /^To: .*?([a-z0-9]+)@example\.org/m.exec(message)?.[1] ?? message)
    .toSorted();
}

/** Everyone a server was asked to take a message for, in any order, with repetitions; safe over several connections. */
export function listAsked(server: FaultServer): readonly string[] {
  return server.commands
    .flatMap((line) => /^RCPT TO:<([a-z0-9]+)@example\.org>/.exec(line)?.[1] ?? [])
    .toSorted();
}

/** The options of a manual send to a server. */
export function sendTo(server: FaultServer) {
  return { openTransport: () => openTransport(server.url), askedBy: 'manual' as const };
}

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
