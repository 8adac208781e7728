import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Article } from '../../src/domain/article.ts';
import type { IssueDocument, IssueStory, Issue } from '../../src/domain/issue.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { queueDeliveries } from '../../src/store/audience.ts';
import type { ClaimedDelivery, ClaimRules } from '../../src/store/deliveries.ts';
import { claimDeliveries } from '../../src/store/deliveries.ts';
import { saveFeed, saveFeedUse } from '../../src/store/feeds.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import { freezeIssue, moveIssue } from '../../src/store/issues.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { openStore, type OpenStore, type Store } from '../../src/store/open-store.ts';
import { listReaders, saveReaders } from '../../src/store/subscribers.ts';

export const NOW = '2026-03-09T05:00:00.000Z';
export const LATER = '2026-03-09T06:00:00.000Z';
export const LEASE_MS = 30_000;
export const KEY = { newsletter: 'morning', date: '2026-03-09', kind: 'daily' } as const;

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
  postalAddress: '1 Quay Street',
  themes: [{ slug: 'world', name: 'World', words: [], cap: 4 }],
  defaultTheme: null,
  editors: [],
  readerTime: 'newsletter',
  holidays: [],
  isPaused: false,
};

/** A folder of its own for one test, gone afterwards. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-store-'));
  onTestFinished(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** An open store on a real file with one newsletter, closed when the test is over. */
export async function openSampleStore(
  path = join(makeFolder(), 'store.sqlite'),
): Promise<OpenStore> {
  const store = openStore(path);
  onTestFinished(() => store.close());
  await saveNewsletter(store, NEWSLETTER, NOW);
  return store;
}

/** Adds a feed to the newsletter and returns its id. */
export async function addSampleFeed(
  store: Store,
  wish: { url?: string; newsletter?: string; weight?: number; themeHint?: string } = {},
): Promise<string> {
  const { url = 'https://harbour.example/feed.xml', weight = 1 } = wish;
  const feed = await saveFeed(store, { url, outlet: null, weight, language: null }, NOW);
  const newsletter = wish.newsletter ?? NEWSLETTER.slug;
  const use = { newsletter, feedId: feed.id, themeHint: wish.themeHint ?? null };
  await saveFeedUse(store, { ...use, excludedWords: [] });
  return feed.id;
}

/** Adds so many active readers, reader0 first, and returns their subscription ids. */
export async function addSampleReaders(
  store: Store,
  count: number,
  newsletter = NEWSLETTER.slug,
): Promise<readonly string[]> {
  const readers = Array.from({ length: count }, (_, i) => ({
    address: `reader${String(i).padStart(5, '0')}@example.org`,
    name: '',
    zone: null,
    language: null,
    newsletter,
    consent: 'asked for it at the fair',
  }));
  await saveReaders(store, readers, NOW);
  return (await listReaders(store, newsletter)).map(({ subscription }) => subscription.id);
}

export function sampleArticle(key: string, change: Partial<Article> = {}): Article {
  return {
    key,
    url: `https://harbour.example/${key}`,
    title: `A ferry called ${key} returns`,
    summary: 'It came back.',
    text: '',
    outlet: { key: 'harbour.example', name: 'The Harbour' },
    language: 'en',
    publishedAt: '2026-03-09T03:00:00.000Z',
    isDateGuessed: false,
    image: null,
    categories: ['Sea'],
    ...change,
  };
}

/** The document of an issue with one story per list of article keys. */
export function sampleDocument(stories: readonly (readonly string[])[]): IssueDocument {
  const [lead = null, ...inBrief] = stories.map((articles) => sampleStory(articles));
  const { slug, name, language, sender, postalAddress } = NEWSLETTER;
  const size = { stories: stories.length, outlets: 1, articles: stories.flat().length };
  return {
    version: 1,
    newsletter: { slug, name, language, sender, postalAddress },
    date: KEY.date,
    kind: KEY.kind,
    dayInALine: null,
    lead,
    sections: [],
    inBrief,
    numberOfTheDay: null,
    quoteOfTheDay: null,
    counts: { ...size, words: 200, minutes: 1 },
    isQuiet: false,
  };
}

function sampleStory(articles: readonly string[]): IssueStory {
  return {
    id: `s-${articles[0]}`,
    headline: `A ferry called ${articles[0]} returns`,
    summary: 'It came back.',
    whyItMatters: null,
    whatNext: null,
    whatChanged: null,
    reportsDiffer: null,
    sources: [{ outlet: 'The Harbour', title: 'A ferry returns', url: null }],
    independent: 1,
    marks: ['single-source'],
    image: null,
    publishedAt: NOW,
    articles,
    theme: null,
    score: 1,
  };
}

/** A draft of KEY's date; `id` and the story may differ. */
export async function saveSampleDraft(
  store: Store,
  change: { id?: string; articles?: readonly string[]; now?: string } = {},
): Promise<Issue> {
  const { id = 'issue-1', articles = ['a'], now = NOW } = change;
  const document = sampleDocument([articles]);
  return await saveDraft(store, KEY, { id, document, now, skipReason: null });
}

export const FROZEN = { templates: '{}', contentHash: 'h', deadline: null, now: NOW };

/** An issue that is being sent, with a row for every active reader. */
export async function startSampleSend(
  store: Store,
  options: { deadline?: string; localDate?: string | null } = {},
): Promise<Issue> {
  const issue = await saveSampleDraft(store);
  await freezeIssue(store, issue, { ...FROZEN, deadline: options.deadline ?? null });
  await queueDeliveries(store, issue, queueAt(NOW, options.localDate ?? null));
  await moveIssue(store, issue.id, { from: 'frozen', to: 'sending' });
  return issue;
}

/** The options of queueDeliveries for rows that are due at `notBefore`. */
export function queueAt(notBefore: string, localDate: string | null = null) {
  const makeMessageId = (id: string): string => `<${id}@example.org>`;
  const plan = { notBefore, localDate, expiresAt: null, wave: 2, skip: null } as const;
  return { planReader: () => plan, makeMessageId, now: NOW };
}

export const RULES: ClaimRules = {
  findSkipReason: (reader) =>
    reader.suppression ??
    (reader.subscriptionState === 'active' ? null : `is ${reader.subscriptionState}`),
  snapshotReader: ({ subscriber, subscriptionId }) => ({
    subscriberId: subscriber.id,
    subscriptionId,
    address: subscriber.address,
    name: subscriber.name,
    zone: 'Etc/UTC',
    language: 'en',
    token: 'token',
    publicUrl: 'https://brief.example.org',
    date: NOW,
  }),
};

/** Claims due rows of the sample issue. */
export async function claimSome(
  store: Store,
  limit: number,
  now = NOW,
): Promise<readonly ClaimedDelivery[]> {
  const claim = { issueId: 'issue-1', limit, leaseMs: LEASE_MS, now };
  return (await claimDeliveries(store, claim, RULES)).claimed;
}

/** The rows of the ledger by state. */
export async function countStates(store: Store): Promise<Readonly<Record<string, number>>> {
  const rows = await store.db
    .selectFrom('deliveries')
    .select(['state', (select) => select.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
