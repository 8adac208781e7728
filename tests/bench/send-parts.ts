import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { freezeIssue, planSendNow } from '../../src/app/freeze-issue.ts';
import { makeDkimKeys } from '../../src/app/make-dkim-keys.ts';
import { closeApp, openApp } from '../../src/app/open-app.ts';
import { openMail } from '../../src/app/open-mail.ts';
import { loadSigner, locateKey } from '../../src/app/load-signer.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { inventReader, openPress, writeMessage } from '../../src/app/write-message.ts';
import type { App } from '../../src/app/app.ts';
import { loadConfiguration } from '../../src/config.ts';
import { formatMessage } from '../../src/deliver/format-message.ts';
import { readMessage, type Message } from '../../src/domain/email.ts';
import type { Issue, IssueDocument } from '../../src/domain/issue.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { saveReaders } from '../../src/store/subscribers.ts';
import { readSample } from '../render/sample-issues.ts';
import { readFileSync } from 'node:fs';

/** How one part of the bench sends. */
export interface PartOptions {
  readonly port: number;
  readonly count: number;
  readonly connections: number;
  readonly isSigned: boolean;
}

/** What a part measured. */
export interface PartResult {
  readonly perSecond: number;
  /** Of this process, for one message, in µs. */
  readonly cpuMicroseconds: number;
  readonly bytes: number;
  /** The most memory it ever had, in MB. */
  readonly residentMb: number;
}

const NOW = '2026-03-09T05:00:00.000Z';
const READERS_AT_ONCE = 1_000;
const DOMAIN = 'example.org';

/** Daybrief's own way: a frozen issue to so many readers, every row of the ledger on the disk. */
export async function sendWithDaybrief(options: PartOptions): Promise<PartResult> {
  return await withIssue(options, async (app, target) => {
    const mail = await openMail(app);
    const result = await measure(options.count, async () => {
      const run = await sendIssue(
        app,
        { ...target, confirmed: options.count },
        { openTransport: mail.openTransport, askedBy: 'manual' },
      );
      if (run.sentNow !== options.count) throw new Error(run.problem ?? 'not all were sent');
    });
    const bytes = (await writeBytes(app, target, 'reader0@example.org')).length;
    return { ...result, bytes };
  });
}

/** The same messages, written and signed but not sent. */
export async function composeWithDaybrief(options: PartOptions): Promise<PartResult> {
  return await withIssue({ ...options, count: 1 }, async (app, target) => {
    const press = await openPress(app, target.newsletter, target.issue);
    const signer = await loadSigner(app.settings);
    const reader = inventReader(target.newsletter, 'reader@example.org', NOW);
    const write = (i: number) =>
      formatMessage(
        writeMessage(press, { ...reader, name: `Reader ${i}` }, `<${i}@x.org>`),
        signer,
      );
    const { length } = await write(0);
    const result = await measure(options.count, async () => {
      for (let i = 0; i < options.count; i += 1) await write(i);
    });
    return { ...result, bytes: length };
  });
}

/** What anybody would write: Nodemailer's pool with html, text and, when signed, its DKIM. */
export async function sendWithNodemailer(options: PartOptions): Promise<PartResult> {
  return await withIssue({ ...options, count: 1 }, async (app, target) => {
    const press = await openPress(app, target.newsletter, target.issue);
    const reader = inventReader(target.newsletter, 'reader@example.org', NOW);
    const message = writeMessage(press, reader, '<1@example.org>');
    const privateKey = readFileSync(locateKey(app.settings, 'daybrief'), 'utf8');
    const transport = createTransport({
      host: '127.0.0.1',
      port: options.port,
      pool: true,
      maxConnections: options.connections,
      maxMessages: Infinity,
      ignoreTLS: true,
      ...(options.isSigned && {
        dkim: { domainName: DOMAIN, keySelector: 'daybrief', privateKey },
      }),
    });
    const result = await measure(options.count, () => sendInPool(transport, message, options));
    transport.close();
    return { ...result, bytes: 0 };
  });
}

type Pool = ReturnType<typeof createTransport>;

async function sendInPool(pool: Pool, message: Message, options: PartOptions): Promise<void> {
  const { html, text } = readMessage(message);
  let next = 0;
  async function sendNext(): Promise<void> {
    while (next < options.count) {
      const address = `reader${next++}@example.org`;
      const replace = (part: string) => part.replaceAll('reader@example.org', address);
      await pool.sendMail({
        from: message.from,
        to: { name: '', address },
        subject: message.subject,
        headers: { ...message.headers },
        html: replace(html),
        text: replace(text),
      });
    }
  }
  await Promise.all(Array.from({ length: options.connections }, sendNext));
}

async function measure(
  count: number,
  work: () => Promise<void>,
): Promise<Omit<PartResult, 'bytes'>> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const residentMb = process.resourceUsage().maxRSS / 1_024;
  return { perSecond: count / seconds, cpuMicroseconds: (user + system) / count, residentMb };
}

async function writeBytes(
  app: App,
  { newsletter, issue }: { newsletter: Newsletter; issue: Issue },
  address: string,
): Promise<Uint8Array> {
  const press = await openPress(app, newsletter, issue);
  const message = writeMessage(press, inventReader(newsletter, address, NOW), '<1@example.org>');
  return await formatMessage(message, await loadSigner(app.settings));
}

/** A store of its own with readers and one frozen issue of the size the figures are about. */
async function withIssue<T>(
  options: PartOptions,
  work: (app: App, target: { newsletter: Newsletter; issue: Issue }) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-bench-'));
  const app = await openBenchApp(folder, options);
  try {
    await makeDkimKeys(app, { domain: DOMAIN });
    rmSync(locateKey(app.settings, 'daybrief-ed25519')); // the figures are about RSA alone
    const document = growDocument(readSample('full-morning'));
    const newsletter = describeNewsletter(document);
    await saveNewsletter(app.store, newsletter, NOW);
    for (let done = 0; done < options.count; done += READERS_AT_ONCE)
      await saveReaders(app.store, listReaders(done, options.count, newsletter.slug), NOW);
    const key = { newsletter: newsletter.slug, date: document.date, kind: 'daily' } as const;
    const draft = { id: 'bench', document, now: NOW, skipReason: null };
    const issue = await saveDraft(app.store, key, draft);
    const plan = planSendNow(newsletter, NOW);
    const frozen = await freezeIssue(app, { newsletter, issue }, plan);
    return await work(app, { newsletter, issue: frozen });
  } finally {
    await closeApp(app);
    rmSync(folder, { recursive: true, force: true });
  }
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
