import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { runOnce, startScheduler } from '../src/scheduler.ts';
import { listIssues } from '../src/store/issues.ts';
import {
  fillSampleApp,
  listMailed,
  openMailServer,
  openSampleApp,
  type SampleApp,
} from './app/sample-app.ts';

const MINUTE = 60_000;
const waitForReal = setTimeout;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the ticking clock', () => {
  test('asks the store every minute what is due', async () => {
    const { app, setClock } = await openFilledApp();
    const scheduler = startScheduler(app);
    onTestFinished(() => scheduler.stop());
    await letWorkEnd();
    expect(await listStates(app)).toEqual([]);
    for (const [time, states] of [
      ['05:30', ['draft']],
      ['06:30', ['frozen']],
    ] as const) {
      setClock(time);
      // A tick that finds the last one busy is dropped, so a slow machine may need another minute.
      await vi.waitFor(async () => {
        await vi.advanceTimersByTimeAsync(MINUTE);
        expect(await listStates(app)).toEqual(states);
      }, 10_000);
    }
  });

  test('looks again for what a killed predecessor held as soon as that is free, even in the same minute', async () => {
    const { app, setClock, folder } = await openFilledApp();
    for (const time of ['05:30', '06:30', '07:00']) {
      setClock(time);
      await runOnce(app);
    }
    const heldUntil = { state: 'claimed', lease_token: 'gone', lease_until: app.now() } as const;
    await app.store.db.updateTable('deliveries').set(heldUntil).execute();
    await app.store.db.updateTable('issues').set({ state: 'sending' }).execute();
    const server = await openMailServer();
    const { app: next, setClock: setNext } = await openSampleApp({ folder, smtpUrl: server.url });
    vi.setSystemTime('2026-03-09T06:00:10.000Z');
    setNext('07:00');
    const scheduler = startScheduler(next);
    onTestFinished(() => scheduler.stop());
    await letWorkEnd();
    setNext('2026-03-09T06:00:41.000Z');
    await vi.advanceTimersByTimeAsync(31_000);
    await vi.waitFor(() => expect(listMailed(server).length).toBe(3), 10_000);
  });

  test('goes on after a first pass that failed', async () => {
    const { app, setClock, events } = await openFilledApp();
    await app.store.db.schema.alterTable('issues').renameTo('hidden').execute();
    const scheduler = startScheduler(app);
    onTestFinished(() => scheduler.stop());
    const failed = () => events.filter(({ event }) => event === 'tick.failed').length;
    await vi.waitFor(() => expect(failed()).toBeGreaterThan(0), 10_000);
    await app.store.db.schema.alterTable('hidden').renameTo('issues').execute();
    setClock('05:30');
    for (let minutes = 0; minutes < 3; minutes += 1) {
      await vi.advanceTimersByTimeAsync(MINUTE);
      await letWorkEnd();
    }
    expect(await listStates(app)).toEqual(['draft']);
  });

  test('does nothing more once it was stopped', async () => {
    const { app, setClock } = await openFilledApp();
    await startScheduler(app).stop();
    setClock('05:30');
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    await letWorkEnd();
    expect(await listStates(app)).toEqual([]);
  });
});

async function openFilledApp(): Promise<SampleApp> {
  const sample = await openSampleApp();
  await fillSampleApp(sample.app);
  return sample;
}

async function listStates(app: SampleApp['app']): Promise<readonly string[]> {
  return (await listIssues(app.store)).map(({ state }) => state);
}

/** Time for a tick's work, which reads files and so is not over with the turn it began in. */
async function letWorkEnd(): Promise<void> {
  await new Promise((resolve) => waitForReal(resolve, 300));
}
