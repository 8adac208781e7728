import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freezeIssue } from '../../src/app/freeze-issue.ts';
import { planMorningSend } from '../../src/app/plan-readers.ts';
import { DAY, MINUTE } from '../../src/domain/instant.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import { openMailSink } from './open-mail-sink.ts';
import { DOMAIN, NOW, openSendBench } from './open-send-bench.ts';
import { ROOT } from './time-program.ts';

const READERS = 10_000;
const LIMIT_MS = 10 * MINUTE;

/** How long after their slot the mails of a scheduled issue are taken, sent by `daybrief run` with its usual settings into a sink of our own. */
export async function measureLateness(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-bench-'));
  const taken: number[] = [];
  const sink = { delayMs: 0, isPipelined: true, onTaken: () => void taken.push(Date.now()) };
  const port = await openMailSink(sink);
  const slot = await freezeForSlot(folder, port);
  const sender = startRun(folder, port);
  try {
    while (taken.length < READERS && Date.now() < slot + LIMIT_MS) await wait(100);
    report(taken.map((at) => (at - slot) / 1_000).sort((a, b) => a - b));
  } finally {
    sender.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(late: readonly number[]): void {
  const at = (part: number): number => late[Math.ceil(part * late.length) - 1] ?? NaN;
  const show = (value: number): string => `${value.toFixed(1)} s`;
  const first = late[0] ?? NaN;
  console.log(`${late.length} of ${READERS} signed mails taken after their slot`);
  console.log(`first   ${show(first)}   target ≤ 5 ${first <= 5 ? '' : 'MISSED'}`);
  console.log(`median  ${show(at(0.5))}`);
  console.log(`99 %    ${show(at(0.99))}   target ≤ 60 ${at(0.99) <= 60 ? '' : 'MISSED'}`);
  console.log(`last    ${show(at(1))}`);
}

/** An issue that waits for the next minute but one, in a store nobody has open; returns its slot. */
async function freezeForSlot(folder: string, port: number): Promise<number> {
  const bench = await openSendBench({
    port,
    count: READERS,
    connections: 4,
    isSigned: true,
    folder,
  });
  const { newsletter, document } = bench;
  const slot = (Math.floor(Date.now() / MINUTE) + 2) * MINUTE;
  const at = (moment: number): string => new Date(moment).toISOString();
  const morning = { cutOff: NOW, freeze: NOW, slot: at(slot), deadline: at(slot + DAY) };
  const key = { newsletter: newsletter.slug, date: document.date, kind: 'daily' } as const;
  const draft = { id: 'bench', document, now: NOW, skipReason: null };
  const issue = await saveDraft(bench.app.store, key, draft);
  const plan = planMorningSend(newsletter, { ...morning, date: document.date });
  await freezeIssue(bench.app, { newsletter, issue }, plan);
  await bench.close();
  return slot;
}

function startRun(folder: string, port: number) {
  return spawn(process.execPath, [join(ROOT, 'src/main.ts'), 'run', '--data', folder], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      DAYBRIEF_LOG_LEVEL: 'error',
      DAYBRIEF_SMTP_URL: `smtp://127.0.0.1:${port}?tls=never`,
      DAYBRIEF_PUBLIC_URL: 'https://brief.example.org',
      DAYBRIEF_DKIM_DOMAIN: DOMAIN,
    },
  });
}
