import { describe, expect, test, vi } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { cancelSend, pauseIssue, resumeIssue } from '../../src/app/pause-send.ts';
import { leaveUnknown, retryDeliveries } from '../../src/app/retry-deliveries.ts';
import { planSend, sendIssue, startSend } from '../../src/app/send-issue.ts';
import { addTime, SECOND } from '../../src/domain/instant.ts';
import { runOnce } from '../../src/scheduler.ts';
import { claimDeliveries } from '../../src/store/deliveries.ts';
import { sumDeliveries } from '../../src/store/ledger.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import type { Script } from '../deliver/fault-server.ts';
import { startNode } from '../start-node.ts';
import {
  addReaders,
  DATE,
  fillSampleApp,
  listMailed,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
  readLedger,
  sendTo,
} from './sample-app.ts';

const MANY = Array.from({ length: 40 }, (_, i) => `reader${i}`);
const TAKEN = '250 recipient ok';
const SLOW = { DOT: { reply: '250 queued', afterMs: 25 } };

describe('a pause', () => {
  test('by another process in the middle of a send stops it within a second, and resuming sends the rest once', async () => {
    const { app, server, draft, folder } = await openDraft(MANY, SLOW);
    const run = sendIssue(app, { ...draft, confirmed: 40 }, sendTo(server));
    await vi.waitFor(() => expect(server.messages.length).toBeGreaterThan(5), 10_000);
    await runElsewhere(folder, 'pauseIssue');
    const atPause = server.messages.length;
    const { state, sums, reason } = await run;
    expect({ state, reason }).toEqual({ state: 'paused', reason: 'paused by hand' });
    expect(server.messages.length - atPause).toBeLessThanOrEqual(2);
    expect(sums.sent + sums.waiting).toBe(40);
    expect(sums.waiting).toBeGreaterThan(0);
    await resumeIssue(app, NEWSLETTER, await readIssue(app));
    await sendIssue(app, { ...(await reread(app)), confirmed: 40 }, sendTo(server));
    expect(server.messages).toHaveLength(40);
    expect(new Set(Object.values(await readLedger(app)))).toEqual(new Set(['sent']));
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('of a draft keeps it from being frozen, until it is resumed', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    setClock('06:00');
    await runOnce(app);
    await pauseIssue(app, await readIssue(app));
    setClock('06:31');
    await runOnce(app);
    expect((await readIssue(app)).state).toBe('draft');
    await resumeIssue(app, NEWSLETTER, await readIssue(app));
    setClock('07:01');
    await runOnce(app);
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('of a frozen issue keeps it from being sent at its slot, and past the deadline it is missed', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    setClock('06:30');
    await runOnce(app);
    await pauseIssue(app, await readIssue(app));
    setClock('07:30');
    await runOnce(app);
    expect(server.messages).toEqual([]);
    const refused = sendIssue(app, { ...(await reread(app)), confirmed: 3 }, sendTo(server));
    await expect(refused).rejects.toMatchObject({ code: 'conflict' });
    setClock('11:00');
    await runOnce(app);
    expect((await readIssue(app)).state).toBe('cancelled');
  });
});

describe('a cancelled issue', () => {
  test('skips what waits with the reason, keeps what is out, and is never sent again', async () => {
    const { app, server, draft } = await openDraft(MANY, SLOW);
    const run = sendIssue(app, { ...draft, confirmed: 40 }, sendTo(server));
    await vi.waitFor(() => expect(server.messages.length).toBeGreaterThan(5), 10_000);
    await cancelSend(app, draft.issue);
    const { state, sums } = await run;
    expect(state).toBe('cancelled');
    expect(sums.sent).toBe(server.messages.length);
    expect(sums.sent + sums.skipped).toBe(40);
    const again = sendIssue(app, { ...(await reread(app)), confirmed: 40 }, sendTo(server));
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    const reasons = await app.store.db
      .selectFrom('deliveries')
      .select('reason')
      .where('state', '=', 'skipped')
      .distinct()
      .execute();
    expect(reasons).toEqual([{ reason: 'cancelled by hand' }]);
  });

  test('as a draft is not built again by the clock', async () => {
    const { app, setClock } = await openSampleApp();
    await fillSampleApp(app);
    setClock('03:00');
    await buildIssue(app, NEWSLETTER, DATE);
    await cancelSend(app, await readIssue(app));
    setClock('07:00');
    await runOnce(app);
    expect(await readIssue(app)).toMatchObject({ state: 'skipped', reason: 'cancelled by hand' });
  });
});

describe('a hold', () => {
  test('can be pulled back by another process before a mail left', async () => {
    const { app, server, draft, folder } = await openDraft(['ada']);
    const holdUntil = addTime(app.now(), 60 * SECOND);
    const run = sendIssue(app, { ...draft, confirmed: 1, holdUntil }, sendTo(server));
    await vi.waitFor(async () => expect((await readIssue(app)).state).toBe('sending'), 10_000);
    await runElsewhere(folder, 'cancelSend');
    expect((await run).state).toBe('cancelled');
    expect(server.connections()).toBe(0);
  });

  test('outlives the process: nothing leaves before its end, whoever sends then', async () => {
    const { app, server, draft, setClock } = await openDraft(['ada', 'ben']);
    const holdUntil = addTime(app.now(), 60 * SECOND);
    await startSend(app, { ...draft, confirmed: 2, holdUntil });
    setClock('2026-03-08T20:00:59.000Z');
    await runOnce(app);
    expect(server.connections()).toBe(0);
    setClock('2026-03-08T20:01:00.000Z');
    await runOnce(app);
    expect(listMailed(server)).toEqual(['ada', 'ben']);
  });

  test('is not begun anew by the same command again', async () => {
    const { app, server, draft, setClock } = await openDraft(['ada']);
    const holdUntil = addTime(app.now(), 60 * SECOND);
    await startSend(app, { ...draft, confirmed: 1, holdUntil });
    setClock('2026-03-08T20:01:00.000Z');
    const later = addTime(app.now(), 60 * SECOND);
    const wish = { ...(await reread(app)), confirmed: 1, holdUntil: later };
    await sendIssue(app, wish, sendTo(server));
    expect(listMailed(server)).toEqual(['ada']);
  });
});

describe('the canary', () => {
  const newsletter = { editors: ['Ed@example.org'] };

  test('goes to the editors, then to ten, then to the rest', async () => {
    const { app, server, draft } = await openDraft([...MANY, 'ed'], {}, newsletter);
    await sendIssue(app, { ...draft, confirmed: 41 }, sendTo(server));
    const order = server.commands.flatMap((line) => /^RCPT TO:<([a-z0-9]+)@/.exec(line)?.[1] ?? []);
    expect(order[0]).toBe('ed');
    const rows = await app.store.db
      .selectFrom('deliveries')
      .innerJoin('subscriptions', 'subscriptions.id', 'subscription_id')
      .innerJoin('subscribers', 'subscribers.id', 'subscriber_id')
      .select(['wave', 'address'])
      .execute();
    const first = rows.filter(({ wave }) => wave === 1).map(({ address }) => address.split('@')[0]);
    expect(first).toHaveLength(10);
    expect(order.slice(1, 11).toSorted()).toEqual(first.toSorted());
    expect(order).toHaveLength(41);
  });

  test('that fails three times in ten pauses the issue with the reason; nobody else is asked', async () => {
    const { app, server, draft } = await openDraft(MANY, { DOT: '554 5.7.1 looks like spam' });
    const { state, reason, sums } = await sendIssue(
      app,
      { ...draft, confirmed: 40 },
      sendTo(server),
    );
    expect(state).toBe('paused');
    expect(reason).toBe('3 of the first 3 mails failed');
    expect(sums).toMatchObject({ failed: 3, waiting: 37 });
  });

  test('of a scheduled issue are the editors’ copies ten minutes before the slot', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app, { newsletter, readers: ['ada', 'ed'] });
    for (const time of ['06:30', '06:49']) {
      setClock(time);
      await runOnce(app);
    }
    expect(listMailed(server)).toEqual([]);
    setClock('06:50');
    await runOnce(app);
    expect(listMailed(server)).toEqual(['ed']);
    setClock('07:00');
    await runOnce(app);
    expect(listMailed(server)).toEqual(['ada', 'ed']);
  });
});

describe('a retry', () => {
  const ONE_LOST = { DOT: ['250 ok', 'drop', '250 ok'] } as const;

  test('of what may not have arrived sends the same bytes under the same Message-ID, as one more attempt', async () => {
    const { app, server, draft } = await openDraft(['ada', 'ben', 'cleo'], ONE_LOST);
    await sendIssue(app, { ...draft, confirmed: 3 }, sendTo(server));
    expect(await sumDeliveries(app.store, draft.issue.id)).toMatchObject({ sent: 2, unknown: 1 });
    const target = { ...(await reread(app)), which: 'unknown' as const };
    const tooMany = retryDeliveries(app, { ...target, confirmed: 0 }, sendTo(server));
    await expect(tooMany).rejects.toMatchObject({ code: 'conflict' });
    const { sums } = await retryDeliveries(app, { ...target, confirmed: 1 }, sendTo(server));
    expect(sums).toMatchObject({ sent: 3, unknown: 0 });
    expect(server.messages).toHaveLength(4);
    expect(new Set(server.messages).size).toBe(3);
    const attempts = await app.store.db.selectFrom('attempts').select('number').execute();
    expect(attempts.map(({ number }) => number).toSorted()).toEqual([1, 1, 1, 2]);
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('can be left: a person says they have it, and nothing is sent', async () => {
    const { app, server, draft } = await openDraft(['ada', 'ben', 'cleo'], ONE_LOST);
    await sendIssue(app, { ...draft, confirmed: 3 }, sendTo(server));
    expect(await leaveUnknown(app, draft.issue)).toBe(1);
    expect(await sumDeliveries(app.store, draft.issue.id)).toMatchObject({ sent: 3, unknown: 0 });
    expect(server.messages).toHaveLength(3);
  });

  test('of what failed asks only them, and keeps the silenced silent', async () => {
    const script = { RCPT: [TAKEN, '550 5.1.1 gone', '550 5.7.1 not now', TAKEN] };
    const { app, server, draft } = await openDraft(['ada', 'ben', 'cleo'], script);
    await sendIssue(app, { ...draft, confirmed: 3 }, sendTo(server));
    const target = { ...(await reread(app)), which: 'failed' as const };
    const { sums } = await retryDeliveries(app, { ...target, confirmed: 2 }, sendTo(server));
    expect(sums).toMatchObject({ sent: 2, skipped: 1, failed: 0 });
  });
});

describe('readers who come after the audience was complete', () => {
  test('get the issue only when asked for, and nobody else gets it again', async () => {
    const { app, server, draft } = await openDraft(['ada']);
    await sendIssue(app, { ...draft, confirmed: 1 }, sendTo(server));
    await addReaders(app, ['ben']);
    const finished = await reread(app);
    expect(await planSend(app, finished.issue)).toMatchObject({ waiting: 0 });
    const wish = { ...finished, isOnlyUnsent: true };
    expect(await planSend(app, finished.issue, wish)).toMatchObject({ audience: 2, waiting: 1 });
    await sendIssue(app, { ...wish, confirmed: 1 }, sendTo(server));
    expect(listMailed(server)).toEqual(['ada', 'ben']);
    expect((await readIssue(app)).state).toBe('finished');
  });
});

describe('an instance that slept', () => {
  test('cannot finish a delivery that another took over, nor write its result', async () => {
    const { app, server, draft, setClock } = await openDraft(['ada'], {
      DATA: { reply: '354 go ahead', afterMs: 1_500 },
    });
    const sleeper = sendIssue(app, { ...draft, confirmed: 1 }, sendTo(server));
    await vi.waitFor(async () => expect(await readLedger(app)).toEqual({ ada: 'claimed' }), 10_000);
    setClock('2026-03-08T20:05:00.000Z');
    await app.store.db.updateTable('deliveries').set({ lease_until: EARLIER }).execute();
    const other = await openMailServer();
    await sendIssue(app, { ...(await reread(app)), confirmed: 1 }, sendTo(other));
    await sleeper;
    expect(listMailed(other)).toEqual(['ada']);
    expect(listMailed(server)).toEqual([]);
    expect(await app.store.db.selectFrom('attempts').selectAll().execute()).toHaveLength(1);
  });
});

const EARLIER = '2026-03-08T20:00:00.000Z';

test('a claim during a canary takes nobody of a later wave', async () => {
  const { app, draft } = await openDraft(MANY);
  await startSend(app, { ...draft, confirmed: 40 });
  const claim = { issueId: draft.issue.id, limit: 30, leaseMs: 30_000, now: app.now() };
  const rules = {
    findSkipReason: () => null,
    snapshotReader: () => ({ date: app.now() }) as never,
  };
  expect((await claimDeliveries(app.store, claim, rules)).claimed).toHaveLength(10);
  expect((await claimDeliveries(app.store, claim, rules)).claimed).toHaveLength(0);
});

/** A draft of the day with its readers, and a mail server that follows a script. */
async function openDraft(
  readers: readonly string[],
  script: Script = {},
  change: Partial<Newsletter> = {},
) {
  const server = await openMailServer(script);
  const sample = await openSampleApp({ smtpUrl: server.url });
  const newsletter = await fillSampleApp(sample.app, { readers, newsletter: change });
  const { issue } = await buildIssue(sample.app, newsletter, DATE);
  return { ...sample, server, draft: { newsletter, issue } };
}

async function reread(app: Awaited<ReturnType<typeof openDraft>>['app']) {
  return { newsletter: NEWSLETTER, issue: await readIssue(app) };
}

/** Another process does one thing to the issue of the day. */
async function runElsewhere(folder: string, verb: 'pauseIssue' | 'cancelSend'): Promise<void> {
  const other = startNode(`
    import { openApp, closeApp } from 'SRC/app/open-app.ts';
    import { loadConfiguration } from 'SRC/config.ts';
    import { ${verb} } from 'SRC/app/pause-send.ts';
    import { findIssue } from 'SRC/store/issues.ts';
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const configuration = loadConfiguration({ data: ${JSON.stringify(folder)} }, ${JSON.stringify(folder)});
    const app = await openApp(configuration, { log });
    const issue = await findIssue(app.store, { newsletter: 'morning', date: '${DATE}', kind: 'daily' });
    await ${verb}(app, issue);
    await closeApp(app);`);
  const { code, errors } = await other.ended;
  expect([code, errors]).toEqual([0, '']);
}
