import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { closeApp } from '../../src/app/open-app.ts';
import { runOnce } from '../../src/scheduler.ts';
import { sumDeliveries } from '../../src/store/ledger.ts';
import {
  fillSampleApp,
  listAsked,
  listMailed,
  openMailServer,
  openSampleApp,
  readIssue,
  readLedger,
} from '../app/sample-app.ts';
import { startNode, type RunningNode } from '../start-node.ts';

const READERS = Array.from({ length: 9 }, (_, i) => `reader${i}`);
const AT_SEVEN = '2026-03-09T06:00:00.000Z';

describe('a sender killed in the middle of a send, and started again', () => {
  test.each([
    { step: 'at RCPT', script: { RCPT: repeat('250 recipient ok') }, unknown: 0 },
    { step: 'at DATA', script: { DATA: repeat('354 go ahead') }, unknown: 0 },
    { step: 'after the dot', script: { DOT: repeat('250 queued') }, unknown: 1 },
  ])(
    '$step mails nobody twice and misses nobody: $unknown unknown',
    async ({ script, unknown }) => {
      const first = await openMailServer(script);
      const folder = await freezeMorning(first.url);
      const sender = startSender(folder, first.url);
      const hungAt = Object.keys(script)[0] as 'RCPT' | 'DATA' | 'DOT';
      await vi.waitFor(() => expect(countSteps(first, hungAt)).toBe(5), 20_000);
      sender.kill();
      await sender.ended;

      const second = await openMailServer();
      const { app, setClock } = await openSampleApp({ smtpUrl: second.url, folder });
      setClock('07:01');
      await runOnce(app);
      const mailed = [...listMailed(first), ...listMailed(second)].toSorted();
      expect(mailed).toEqual(READERS);
      const sums = await sumDeliveries(app.store, (await readIssue(app)).id);
      expect(sums).toEqual({
        audience: 9,
        sent: 9 - unknown,
        failed: 0,
        skipped: 0,
        unknown,
        waiting: 0,
      });
      const doubtful = Object.entries(await readLedger(app)).filter(
        ([, state]) => state === 'unknown',
      );
      expect(doubtful.every(([name]) => listMailed(first).includes(name))).toBe(true);
      expect((await readIssue(app)).state).toBe('finished');
    },
  );

  test('by two processes at the same moment mails nobody twice', async () => {
    const server = await openMailServer({ DOT: { reply: '250 queued', afterMs: 30 } });
    const folder = await freezeMorning(server.url);
    const ends = await Promise.all(
      [startSender(folder, server.url), startSender(folder, server.url)].map(({ ended }) => ended),
    );
    expect(ends.map(({ code, errors }) => [code, errors])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(listAsked(server)).toEqual(READERS);
    const { app } = await openSampleApp({ smtpUrl: server.url, folder });
    expect(new Set(Object.values(await readLedger(app)))).toEqual(new Set(['sent']));
  });
});

/** Four good answers, then silence for good. */
function repeat(answer: string): readonly string[] {
  return [answer, answer, answer, answer, 'hang'];
}

function countSteps(server: Awaited<ReturnType<typeof openMailServer>>, step: string): number {
  if (step === 'DOT') return server.messages.length;
  return server.commands.filter((line) => line.startsWith(step)).length;
}

/** An issue that waits for its slot, in a store nobody has open. */
async function freezeMorning(smtpUrl: string): Promise<string> {
  const { app, setClock, folder } = await openSampleApp({ smtpUrl });
  await fillSampleApp(app, { readers: READERS });
  setClock('06:30');
  await runOnce(app);
  expect((await readIssue(app)).state).toBe('frozen');
  await closeApp(app);
  return folder;
}

/** Another process that does one pass at seven o'clock. */
function startSender(folder: string, smtpUrl: string): RunningNode {
  const sender = startNode(`
    import { openApp, closeApp } from 'SRC/app/open-app.ts';
    import { loadConfiguration } from 'SRC/config.ts';
    import { runOnce } from 'SRC/scheduler.ts';
    const flags = { data: ${JSON.stringify(folder)}, smtp_url: '${smtpUrl}', smtp_connections: '1' };
    const places = { ...flags, public_url: 'https://brief.example.org' };
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const configuration = loadConfiguration(places, ${JSON.stringify(folder)});
    const app = await openApp(configuration, { log, now: () => '${AT_SEVEN}' });
    await runOnce(app);
    await closeApp(app);`);
  onTestFinished(() => sender.kill());
  return sender;
}
