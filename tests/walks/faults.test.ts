import { expect, test } from 'vitest';
import { closeApp } from '../../src/app/open-app.ts';
import { runOnce } from '../../src/scheduler.ts';
import { fillSampleApp, openSampleApp, readIssue } from '../app/sample-app.ts';
import { runFaults } from './run-faults.ts';

const SEED = Number(process.env['FAULT_SEED'] ?? 20_260_309);
const READERS = 160;

test('Senders killed at any moment, before a mail server that fails at any step, mail nobody twice and lose nobody', async () => {
  const folder = await freezeIssue();
  const plan = { seed: SEED, readers: READERS, connections: 3, rate: 0.06, kills: 8 };
  const report = await runFaults(
    { ...plan, limitMs: 25_000 },
    {
      folder,
      start: '2026-03-09T06:00:00.000Z',
      readApp: async () => {
        const { app } = await openSampleApp({ folder });
        return { app, issueId: (await readIssue(app)).id };
      },
    },
  );
  process.stderr.write(`${JSON.stringify(report)}\n`);
  expect(report).toMatchObject({ duplicates: 0, misses: 0, wrong: 0, waiting: 0 });
  expect(report.sent + report.failed + report.skipped + report.unknown).toBe(READERS);
  expect(report.unknown).toBeLessThanOrEqual(report.unknownAllowed);
  expect(report.kills).toBeGreaterThan(0);
}, 120_000);

/** An issue that waits for its slot, in a store nobody has open. */
async function freezeIssue(): Promise<string> {
  const { app, setClock, folder } = await openSampleApp();
  const readers = Array.from({ length: READERS }, (_, i) => `reader${i}`);
  await fillSampleApp(app, { newsletter: { deadlineMinutes: 1_380 }, readers });
  for (const time of ['05:30', '06:30']) {
    setClock(time);
    await runOnce(app);
  }
  expect((await readIssue(app)).state).toBe('frozen');
  await closeApp(app);
  return folder;
}
