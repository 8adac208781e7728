import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../src/app/app.ts';
import { freezeIssue } from '../../src/app/freeze-issue.ts';
import { planSendNow } from '../../src/app/plan-readers.ts';
import { locateKey } from '../../src/app/load-signer.ts';
import { makeDkimKeys } from '../../src/app/make-dkim-keys.ts';
import { closeApp, openApp } from '../../src/app/open-app.ts';
import { loadConfiguration } from '../../src/config.ts';
import type { Issue, IssueDocument } from '../../src/domain/issue.ts';
import { addDays } from '../../src/domain/local-time.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import { findIssue } from '../../src/store/issues.ts';
import { listNewsletters, saveNewsletter } from '../../src/store/newsletters.ts';
import { saveReaders } from '../../src/store/subscribers.ts';
import { readSample } from '../render/sample-issues.ts';

/** How one part of the bench sends. */
export interface PartOptions {
  readonly port: number;
  /** Readers of the issue, or messages where there is no ledger. */
  readonly count: number;
  readonly connections: number;
  readonly isSigned: boolean;
  /** Where its store is and stays; when left out, one is made and removed. */
  readonly folder?: string;
}

/** A newsletter with readers, and as many frozen issues as are asked for. */
export interface SendBench {
  readonly app: App;
  readonly folder: string;
  readonly newsletter: Newsletter;
  readonly document: IssueDocument;
  freezeNext(): Promise<Issue>;
  close(): Promise<void>;
}

export const NOW = '2026-03-09T05:00:00.000Z';
export const DOMAIN = 'example.org';
const READERS_AT_ONCE = 1_000;

/** Opens a store with readers and an issue of the size the figures are about; what it made is gone after `close`. */
export async function openSendBench(options: PartOptions): Promise<SendBench> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'daybrief-bench-'));
  const app = await openBenchApp(folder, options);
  const document = growDocument(readSample('full-morning'));
  const newsletter = describeNewsletter(document);
  if ((await listNewsletters(app.store)).length === 0) {
    await makeDkimKeys(app, { domain: DOMAIN });
    rmSync(locateKey(app.settings, 'daybrief-ed25519')); // the figures are about RSA alone
    await saveNewsletter(app.store, newsletter, NOW);
    for (let done = 0; done < options.count; done += READERS_AT_ONCE)
      await saveReaders(app.store, listReaders(done, options.count, newsletter.slug), NOW);
  }
  let issues = 0;
  return {
    app,
    folder,
    newsletter,
    document,
    async freezeNext() {
      const date = addDays(document.date, issues++);
      const key = { newsletter: newsletter.slug, date, kind: 'daily' } as const;
      const draft = { id: `bench-${date}`, document, now: NOW, skipReason: null };
      const issue = (await findIssue(app.store, key)) ?? (await saveDraft(app.store, key, draft));
      return await freezeIssue(app, { newsletter, issue }, planSendNow(newsletter, NOW));
    },
    async close() {
      await closeApp(app);
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openBenchApp(folder: string, options: PartOptions): Promise<App> {
  const configuration = loadConfiguration(
    {
      data: folder,
      smtp_url: `smtp://127.0.0.1:${options.port}?tls=never`,
      smtp_connections: String(options.connections),
      public_url: 'https://brief.example.org',
      ...(options.isSigned && { dkim_domain: DOMAIN }),
    },
    folder,
  );
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  return await openApp(configuration, { log, now: () => NOW });
}

function listReaders(from: number, count: number, newsletter: string) {
  return Array.from({ length: Math.min(READERS_AT_ONCE, count - from) }, (_, i) => ({
    address: `reader${from + i}@example.org`,
    name: `Reader ${from + i}`,
    zone: null,
    language: null,
    newsletter,
    consent: 'a bench',
  }));
}

function describeNewsletter({ newsletter }: IssueDocument): Newsletter {
  return {
    ...newsletter,
    sender: { name: newsletter.name, address: `brief@${DOMAIN}` },
    zone: 'Etc/UTC',
    sendTime: '07:00',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    kind: 'daily',
    deadlineMinutes: 240,
    missedRun: 'roll',
    look: 'broadsheet',
    minimumStories: 1,
    defaultTheme: null,
    editors: [],
    readerTime: 'newsletter',
    holidays: [],
    themes: [{ slug: 'world', name: 'World', words: ['sea'], cap: 4 }],
    isPaused: false,
  };
}

/** The document with as many more lines in brief as the message needs to reach its size. */
function growDocument(document: IssueDocument): IssueDocument {
  const [line] = document.inBrief;
  if (!line) return document;
  const inBrief = Array.from({ length: 10 }, (_, i) => ({
    ...line,
    id: `more-${i}`,
    headline: `${line.headline} (${i})`,
  }));
  return { ...document, inBrief: [...document.inBrief, ...inBrief] };
}
