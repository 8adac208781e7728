import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { loadSigner, locateKey } from '../../src/app/load-signer.ts';
import { openMail } from '../../src/app/open-mail.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { keepHeapFlat } from '../../src/cli/keep-heap-small.ts';
import { inventReader, openPress, writeMessage } from '../../src/app/write-message.ts';
import { formatMessage } from '../../src/deliver/format-message.ts';
import { readMessage, type Message } from '../../src/domain/email.ts';
import type { Issue } from '../../src/domain/issue.ts';
import { DOMAIN, NOW, openSendBench, type PartOptions } from './open-send-bench.ts';

/** What one round measured. */
export interface PartResult {
  readonly perSecond: number;
  /** Of this process, for one message, in µs. */
  readonly cpuMicroseconds: number;
  /** The most memory the process ever had, in MB. */
  readonly residentMb: number;
}

/** One way to send, set up and ready for any number of rounds. */
interface Part {
  /** Before the clock starts. */
  readonly prepare: () => Promise<void>;
  readonly work: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Daybrief's own way, as `daybrief send` does it: a frozen issue to so many readers, every row of the ledger on the disk. */
async function openDaybrief(options: PartOptions): Promise<Part> {
  keepHeapFlat();
  const bench = await openSendBench(options);
  const mail = await openMail(bench.app);
  let issue: Issue | null = null;
  return {
    async prepare() {
      issue = await bench.freezeNext();
    },
    async work() {
      const { newsletter, app } = bench;
      const run = await sendIssue(
        app,
        { newsletter, issue: issue!, confirmed: options.count },
        { openTransport: mail.openTransport, askedBy: 'manual' },
      );
      if (run.sentNow !== options.count) throw new Error(run.problem ?? 'not all were sent');
    },
    close: () => bench.close(),
  };
}

/** The same messages, written and signed but not sent. */
async function openComposer(options: PartOptions): Promise<Part> {
  const bench = await openSendBench({ ...options, count: 1 });
  const press = await openPress(bench.app, bench.newsletter, await bench.freezeNext());
  const signer = options.isSigned ? await loadSigner(bench.app.settings) : null;
  const reader = inventReader(bench.newsletter, 'reader@example.org', NOW);
  return {
    prepare: () => Promise.resolve(),
    async work() {
      for (let i = 0; i < options.count; i += 1)
        await formatMessage(
          writeMessage(press, { ...reader, name: `Reader ${i}` }, `<${i}@x.org>`),
          signer,
        );
    },
    close: () => bench.close(),
  };
}

/** What anybody would write: Nodemailer's pool with html, text and, when signed, its DKIM. */
async function openNodemailer(options: PartOptions): Promise<Part> {
  const bench = await openSendBench({ ...options, count: 1 });
  const press = await openPress(bench.app, bench.newsletter, await bench.freezeNext());
  const reader = inventReader(bench.newsletter, 'reader@example.org', NOW);
  const message = writeMessage(press, reader, '<1@example.org>');
  const privateKey = readFileSync(locateKey(bench.app.settings, 'daybrief'), 'utf8');
  const pool = createTransport({
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
  return {
    prepare: () => Promise.resolve(),
    work: () => sendInPool(pool, message, options),
    async close() {
      pool.close();
      await bench.close();
    },
  };
}

async function sendInPool(
  pool: ReturnType<typeof createTransport>,
  message: Message,
  options: PartOptions,
): Promise<void> {
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

const PARTS = { daybrief: openDaybrief, composer: openComposer, nodemailer: openNodemailer };
export type PartName = keyof typeof PARTS;

/** Answers every message of the parent with one round's result, until the parent goes. */
export async function servePart(name: PartName, options: PartOptions): Promise<void> {
  const part = await PARTS[name](options);
  async function runRound(): Promise<void> {
    await part.prepare();
    process.send?.(await measure(options.count, part.work));
  }
  process.on('message', () => {
    runRound().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });
  process.on('disconnect', () => {
    void part.close().finally(() => process.exit(0));
  });
  process.send?.('ready');
}

async function measure(count: number, work: () => Promise<void>): Promise<PartResult> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const residentMb = process.resourceUsage().maxRSS / 1_024;
  return { perSecond: count / seconds, cpuMicroseconds: (user + system) / count, residentMb };
}
