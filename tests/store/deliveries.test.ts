import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SendOutcome } from '../../src/domain/delivery.ts';
import { addTime, SECOND } from '../../src/domain/instant.ts';
import {
  claimDeliveries,
  clearLanes,
  recoverDeliveries,
  renewLeases,
  type ClaimedDelivery,
} from '../../src/store/deliveries.ts';
import { recordHandOver, recordSendResult, releaseClaim } from '../../src/store/hand-overs.ts';
import { moveIssue } from '../../src/store/issues.ts';
import { isIssueSettled, sumDeliveries } from '../../src/store/ledger.ts';
import type { OpenStore, Store } from '../../src/store/open-store.ts';
import { endSubscription } from '../../src/store/subscribers.ts';
import { listSuppressions, saveSuppression } from '../../src/store/suppressions.ts';
import { startNode } from '../start-node.ts';
import {
  addSampleReaders,
  claimSome,
  countStates,
  LATER,
  LEASE_MS,
  makeFolder,
  NOW,
  openSampleStore,
  RULES,
  startSampleSend,
} from './sample-store.ts';

const AFTER_LEASE = addTime(NOW, LEASE_MS + 1);

async function openSendingStore(readers: number): Promise<OpenStore> {
  const store = await openSampleStore(join(makeFolder(), 'store.sqlite'));
  await addSampleReaders(store, readers);
  await startSampleSend(store);
  return store;
}

describe('claiming', () => {
  test('by three processes at once never gives two of them the same row', async () => {
    const store = await openSendingStore(600);
    const script = `
      import { openStore } from 'SRC/store/open-store.ts';
      import { claimDeliveries } from 'SRC/store/deliveries.ts';
      const store = openStore(${JSON.stringify(store.path)});
      const rules = { findSkipReason: () => null, snapshotReader: () => ({}) };
      const claim = { issueId: 'issue-1', limit: 7, leaseMs: 30000, now: '${NOW}' };
      for (;;) {
        const { claimed } = await claimDeliveries(store, claim, rules);
        if (claimed.length === 0) break;
        console.log(claimed.map(({ delivery }) => delivery.id).join('\\n'));
      }
      await store.close();`;
    const children = Array.from({ length: 3 }, () => startNode(script));
    const ends = await Promise.all(children.map(({ ended }) => ended));
    expect(ends.map(({ errors }) => errors)).toEqual(['', '', '']);
    const ids = ends.flatMap(({ output }) => output.split('\n').filter(Boolean));
    expect(ids).toHaveLength(600);
    expect(new Set(ids).size).toBe(600);
    expect(await countStates(store)).toEqual({ claimed: 600 });
  });

  test('by two lanes of one process neither', async () => {
    const store = await openSendingStore(40);
    const batches = await Promise.all([1, 2, 3, 4].map(() => claimSome(store, 10)));
    const ids = batches.flat().map(({ delivery }) => delivery.id);
    expect(new Set(ids).size).toBe(40);
    expect(new Set(batches.flat().map(({ lease }) => lease)).size).toBe(4);
  });

  test('takes what is due, the longest waiting first, and leaves the rest', async () => {
    const store = await openSendingStore(3);
    const ids = (await store.db.selectFrom('deliveries').select('id').orderBy('id').execute()).map(
      ({ id }) => id,
    );
    const delay = async (id: string | undefined, notBefore: string) =>
      await store.db
        .updateTable('deliveries')
        .set({ not_before: notBefore })
        .where('id', '=', id ?? '')
        .execute();
    await delay(ids[0], LATER);
    await delay(ids[2], addTime(NOW, -SECOND));
    expect((await claimSome(store, 10)).map(({ delivery }) => delivery.id)).toEqual([
      ids[2],
      ids[1],
    ]);
  });

  test('skips who was suppressed or left after queueing, with the reason, and looks further', async () => {
    const store = await openSampleStore(join(makeFolder(), 'store.sqlite'));
    const readers = await addSampleReaders(store, 3);
    await startSampleSend(store);
    await saveSuppression(store, suppressionOf('reader00000@example.org'));
    await store.db
      .updateTable('subscriptions')
      .set({ state: 'unsubscribed' })
      .where('id', '=', readers[1] ?? '')
      .execute();
    const claim = { issueId: 'issue-1', limit: 10, leaseMs: LEASE_MS, now: LATER };
    const { claimed, looked } = await claimDeliveries(store, claim, RULES);
    expect(claimed.map(({ snapshot }) => snapshot.address)).toEqual(['reader00002@example.org']);
    expect(looked).toBe(3);
    const skipped = await store.db
      .selectFrom('deliveries')
      .select(['reason', 'updated_at'])
      .where('state', '=', 'skipped')
      .orderBy('reason')
      .execute();
    expect(skipped).toEqual([
      { reason: 'complaint', updated_at: LATER },
      { reason: 'is unsubscribed', updated_at: LATER },
    ]);
  });

  test('fixes the reader at the first claim, so that a retry has the same bytes', async () => {
    const store = await openSendingStore(1);
    const [first] = await claimSome(store, 1);
    await releaseClaim(store, first!);
    await store.db.updateTable('subscribers').set({ name: 'Ada', language: 'fr' }).execute();
    const [second] = await claimSome(store, 1, LATER);
    expect(second?.snapshot).toEqual(first?.snapshot);
    expect(second?.delivery.messageId).toBe(first?.delivery.messageId);
    expect(second?.lease).not.toBe(first?.lease);
  });
});

describe('the gate before the last byte', () => {
  test('lets the holder through once', async () => {
    const store = await openSendingStore(1);
    const [row] = await claimSome(store, 1);
    expect(await recordHandOver(store, row!, NOW)).toBe(true);
    expect(await countStates(store)).toEqual({ handing_over: 1 });
    expect(await recordHandOver(store, row!, NOW)).toBe(false);
  });

  test('stops a wrong lease, and one that ran out and went to somebody else', async () => {
    const store = await openSendingStore(1);
    const [old] = await claimSome(store, 1);
    expect(await recordHandOver(store, { ...old!, lease: 'forged' }, NOW)).toBe(false);
    await recoverDeliveries(store, AFTER_LEASE);
    expect(await recordHandOver(store, old!, AFTER_LEASE)).toBe(false);
    const [mine] = await claimSome(store, 1, AFTER_LEASE);
    expect(await recordHandOver(store, old!, AFTER_LEASE)).toBe(false);
    expect(await recordHandOver(store, mine!, AFTER_LEASE)).toBe(true);
  });

  test('stops the mail of a reader who left after it was claimed', async () => {
    const store = await openSampleStore(join(makeFolder(), 'store.sqlite'));
    const [reader] = await addSampleReaders(store, 1);
    await startSampleSend(store);
    const [row] = await claimSome(store, 1);
    await endSubscription(store, reader ?? '', { reason: 'left', now: NOW });
    expect(await recordHandOver(store, row!, NOW)).toBe(false);
    expect(await countStates(store)).toEqual({ skipped: 1 });
  });
});

describe('the gate before the last byte, since the claim', () => {
  test('stops the mail of a reader who was suppressed', async () => {
    const store = await openSendingStore(1);
    const [row] = await claimSome(store, 1);
    await saveSuppression(store, {
      address: 'reader00000@example.org',
      reason: 'complaint',
      note: null,
      createdAt: NOW,
    });
    expect(await recordHandOver(store, row!, NOW)).toBe(false);
    expect(await countStates(store)).toEqual({ claimed: 1 });
  });

  test('stops all mail of an issue that was paused', async () => {
    const store = await openSendingStore(1);
    const [row] = await claimSome(store, 1);
    await moveIssue(store, 'issue-1', { from: 'sending', to: 'paused' });
    expect(await recordHandOver(store, row!, NOW)).toBe(false);
    await moveIssue(store, 'issue-1', { from: 'paused', to: 'sending' });
    expect(await recordHandOver(store, row!, NOW)).toBe(true);
  });
});

describe('the result of an attempt', () => {
  test('is kept with everything the server said', async () => {
    const store = await openSendingStore(1);
    const [row] = await claimSome(store, 1);
    await recordHandOver(store, row!, NOW);
    await record(store, row!, { code: 250, reply: '250 ok' });
    expect(await countStates(store)).toEqual({ sent: 1 });
    expect(await store.db.selectFrom('attempts').selectAll().execute()).toEqual([
      {
        delivery_id: row?.delivery.id,
        number: 1,
        outcome: 'sent',
        stage: 'reply',
        code: 250,
        reply: '250 ok',
        transport: 'mail.example.org:25',
        started_at: NOW,
        ended_at: LATER,
        asked_by: 'schedule',
      },
    ]);
    expect(await isIssueSettled(store, 'issue-1')).toBe(true);
  });

  test('of a delay queues the row again, later, and counts the attempt', async () => {
    const store = await openSendingStore(1);
    const [row] = await claimSome(store, 1);
    await record(store, row!, {
      outcome: 'deferred',
      state: 'queued',
      notBefore: LATER,
      reply: '451 busy',
    });
    expect(await claimSome(store, 1)).toEqual([]);
    const [again] = await claimSome(store, 1, LATER);
    expect(again?.delivery).toMatchObject({ attempts: 1, reason: '451 busy' });
    await record(store, again!);
    const attempts = await store.db.selectFrom('attempts').select(['number', 'outcome']).execute();
    expect(attempts).toEqual([
      { number: 1, outcome: 'deferred' },
      { number: 2, outcome: 'sent' },
    ]);
    const row2 = await store.db.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow();
    expect(row2).toMatchObject({ reason: null, lease_token: null, lease_until: null });
  });

  test('told by a stale holder changes nothing', async () => {
    const store = await openSendingStore(1);
    const [old] = await claimSome(store, 1);
    await recoverDeliveries(store, AFTER_LEASE);
    const [mine] = await claimSome(store, 1, AFTER_LEASE);
    const before = await store.db.selectFrom('deliveries').selectAll().execute();
    await record(store, old!);
    expect(await store.db.selectFrom('deliveries').selectAll().execute()).toEqual(before);
    expect(await store.db.selectFrom('attempts').selectAll().execute()).toEqual([]);
    await record(store, mine!);
    await record(store, mine!, { outcome: 'refused', state: 'failed' });
    expect(await countStates(store)).toEqual({ sent: 1 });
  });
});

describe('what a dead process held', () => {
  test('before the gate is queued again, after the gate is unknown', async () => {
    const store = await openSendingStore(2);
    const [before, after] = await claimSome(store, 2);
    await recordHandOver(store, after!, NOW);
    await recoverDeliveries(store, addTime(NOW, LEASE_MS));
    expect(await countStates(store)).toEqual({ claimed: 1, handing_over: 1 });
    await recoverDeliveries(store, AFTER_LEASE);
    expect(await countStates(store)).toEqual({ queued: 1, unknown: 1 });
    const [again, ...none] = await claimSome(store, 2, AFTER_LEASE);
    expect([again?.delivery.id, none.length]).toEqual([before?.delivery.id, 0]);
    const unknown = await store.db
      .selectFrom('deliveries')
      .select('reason')
      .where('state', '=', 'unknown')
      .executeTakeFirst();
    expect(unknown?.reason).toMatch(/stopped after handing/);
  });

  test('is left alone as long as the holder renews', async () => {
    const store = await openSendingStore(2);
    const [row] = await claimSome(store, 1);
    const [other] = await claimSome(store, 1);
    await renewLeases(store, [row!.lease], addTime(AFTER_LEASE, LEASE_MS));
    await recoverDeliveries(store, AFTER_LEASE);
    expect(await recordHandOver(store, row!, AFTER_LEASE)).toBe(true);
    expect(await recordHandOver(store, other!, AFTER_LEASE)).toBe(false);
  });

  test('three times is set aside with its reason, and the issue can finish', async () => {
    const store = await openSendingStore(2);
    let now = NOW;
    for (let crash = 1; crash <= 3; crash += 1) {
      const [row] = await claimSome(store, 1, now);
      expect(row?.delivery.state, `crash ${crash}`).toBe('claimed');
      await store.db
        .updateTable('deliveries')
        .set({ not_before: LATER })
        .where('id', '!=', row!.delivery.id)
        .execute();
      now = addTime(now, LEASE_MS + 1);
      await recoverDeliveries(store, now);
    }
    const failed = await store.db
      .selectFrom('deliveries')
      .select(['state', 'reason'])
      .where('crashes', '=', 3)
      .execute();
    expect(failed).toEqual([
      { state: 'failed', reason: 'set aside: the program stopped three times while working on it' },
    ]);
    expect(await claimSome(store, 10, now)).toEqual([]);
    const [last] = await claimSome(store, 10, LATER);
    await record(store, last!);
    expect(await isIssueSettled(store, 'issue-1')).toBe(true);
    expect(await sumDeliveries(store, 'issue-1')).toMatchObject({
      audience: 2,
      sent: 1,
      failed: 1,
    });
  });

  test('is decided by the process that was killed, not guessed: SIGKILL at the gate', async () => {
    const store = await openSendingStore(3);
    const dying = startNode(`
      import { openStore } from 'SRC/store/open-store.ts';
      import { claimDeliveries } from 'SRC/store/deliveries.ts';
      import { recordHandOver } from 'SRC/store/hand-overs.ts';
      const store = openStore(${JSON.stringify(store.path)});
      const rules = { findSkipReason: () => null, snapshotReader: () => ({}) };
      const claim = { issueId: 'issue-1', limit: 2, leaseMs: ${LEASE_MS}, now: '${NOW}' };
      const { claimed } = await claimDeliveries(store, claim, rules);
      await recordHandOver(store, claimed[0], '${NOW}');
      console.log('at the gate');
      setInterval(() => {}, 1000);`);
    onTestFinished(() => dying.kill());
    await dying.untilItSpeaks();
    dying.kill();
    await dying.ended;
    await recoverDeliveries(store, AFTER_LEASE);
    expect(await countStates(store)).toEqual({ queued: 2, unknown: 1 });
  });
});

describe('a claim that is given back', () => {
  test('is due again at once and counts neither an attempt nor a crash', async () => {
    const store = await openSendingStore(1);
    const [row] = await claimSome(store, 1);
    await releaseClaim(store, row!);
    const [again] = await claimSome(store, 1);
    expect(again?.delivery).toMatchObject({ id: row?.delivery.id, attempts: 0 });
    await releaseClaim(store, row!);
    expect(await countStates(store), 'a stale holder cannot give it back').toEqual({ claimed: 1 });
  });

  test('is not given back after the gate', async () => {
    const store = await openSendingStore(1);
    const [row] = await claimSome(store, 1);
    await recordHandOver(store, row!, NOW);
    await releaseClaim(store, row!);
    expect(await countStates(store)).toEqual({ handing_over: 1 });
  });
});

test('an address that is silenced keeps its first reason', async () => {
  const store = await openSampleStore();
  await saveSuppression(store, suppressionOf('ada@example.org'));
  await saveSuppression(store, { ...suppressionOf('ada@example.org'), reason: 'manual' });
  expect(await listSuppressions(store)).toEqual([suppressionOf('ada@example.org')]);
});

function suppressionOf(address: string) {
  return { address, reason: 'complaint', note: null, createdAt: NOW } as const;
}

async function record(
  store: Store,
  row: ClaimedDelivery,
  change: {
    outcome?: SendOutcome;
    state?: 'queued' | 'failed';
    notBefore?: string;
    code?: number;
    reply?: string;
  } = {},
): Promise<void> {
  const { outcome = 'sent', state = 'sent', notBefore, code = null, reply = '' } = change;
  await recordSendResult(store, row, {
    result: { outcome, stage: 'reply', code, reply },
    state,
    ...(notBefore ? { notBefore } : {}),
    transport: 'mail.example.org:25',
    askedBy: 'schedule',
    startedAt: NOW,
    now: LATER,
  });
}

test('A lane takes the rows of its domain out of the others’ way, each only once, and emptied gives them back', async () => {
  const store = await openSendingStore(6);
  await store.db
    .updateTable('subscribers')
    .set({ normalized_address: sql`replace(normalized_address, 'example.org', 'slow.example')` })
    .where('normalized_address', '<', 'reader00004')
    .execute();
  const domains = ['slow.example'];
  const claim = { issueId: 'issue-1', limit: 1, leaseMs: LEASE_MS, now: NOW };
  const claims = [];
  for (let i = 0; i < 7; i += 1)
    claims.push(await claimDeliveries(store, { ...claim, lanes: { domains, turns: [] } }, RULES));
  expect(claims.map(({ looked }) => looked)).toEqual([1, 1, 1, 1, 1, 1, 0]);
  expect(claims.flatMap(({ lanes }) => lanes)).toEqual(Array(4).fill('slow.example'));
  expect(claims.flatMap(({ claimed }) => claimed)).toHaveLength(2);
  const lanes = { domains, turns: [{ domain: 'slow.example', count: 3 }] };
  const turn = await claimDeliveries(store, { ...claim, limit: 0, lanes }, RULES);
  expect(turn.claimed.map(({ lane }) => lane)).toEqual(Array(3).fill('slow.example'));
  expect(turn.lanes, 'there may be more').toEqual(domains);
  await clearLanes(store, 'issue-1');
  const rest = await claimDeliveries(
    store,
    { ...claim, lanes: { domains: ['x.org'], turns: [] } },
    RULES,
  );
  expect(rest.claimed).toHaveLength(1);
});
