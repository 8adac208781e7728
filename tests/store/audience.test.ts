import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeliveryState } from '../../src/domain/delivery.ts';
import { isAudienceComplete, queueDeliveries } from '../../src/store/audience.ts';
import { beginSend, saveHold } from '../../src/store/sends.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import { freezeIssue } from '../../src/store/issues.ts';
import {
  findNextDue,
  isIssueSettled,
  streamLedger,
  sumDeliveries,
  type LedgerRow,
} from '../../src/store/ledger.ts';
import type { Store } from '../../src/store/open-store.ts';
import { endSubscription, saveReaders } from '../../src/store/subscribers.ts';
import { startNode } from '../start-node.ts';
import {
  addSampleReaders,
  claimSome,
  countStates,
  FROZEN,
  KEY,
  LATER,
  makeFolder,
  NOW,
  openSampleStore,
  queueAt,
  sampleDocument,
  saveSampleDraft,
} from './sample-store.ts';

const ISSUE = { id: 'issue-1', newsletter: 'morning' };

async function openFrozenIssue(readers: number): Promise<Store & { readers: readonly string[] }> {
  const store = await openSampleStore(join(makeFolder(), 'store.sqlite'));
  const ids = await addSampleReaders(store, readers);
  await freezeIssue(store, await saveSampleDraft(store), FROZEN);
  return { db: store.db, path: store.path, readers: ids };
}

describe('queueing an audience', () => {
  test('again adds nobody and changes no row', async () => {
    const store = await openFrozenIssue(3);
    await queueDeliveries(store, ISSUE, queueAt(NOW));
    const before = await store.db.selectFrom('deliveries').selectAll().execute();
    await queueDeliveries(store, ISSUE, queueAt(LATER));
    expect(await store.db.selectFrom('deliveries').selectAll().execute()).toEqual(before);
    expect(before).toHaveLength(3);
  });

  test('of 2,500 that was cut off half-way goes on where it stopped', async () => {
    const store = await openFrozenIssue(2_500);
    const stop = new Error('the program stopped');
    let made = 0;
    const cutOff = queueDeliveries(store, ISSUE, {
      ...queueAt(NOW),
      makeMessageId: (id) => {
        made += 1;
        if (made > 1_250) throw stop;
        return `<${id}@example.org>`;
      },
    });
    await expect(cutOff).rejects.toBe(stop);
    expect(await countStates(store)).toEqual({ queued: 1_000 });
    expect(await isIssueSettled(store, ISSUE.id)).toBe(false);
    await queueDeliveries(store, ISSUE, queueAt(NOW));
    expect(await countStates(store)).toEqual({ queued: 2_500 });
    const rows = await store.db.selectFrom('deliveries').select('message_id').execute();
    expect(new Set(rows.map((row) => row.message_id)).size).toBe(2_500);
  });

  test('by two processes at once gives everyone one row', async () => {
    const store = await openFrozenIssue(1_500);
    const script = `
      import { openStore } from 'SRC/store/open-store.ts';
      import { queueDeliveries } from 'SRC/store/audience.ts';
      const store = openStore(${JSON.stringify(store.path)});
      const makeMessageId = (id) => '<' + id + '@example.org>';
      const plan = { notBefore: '${NOW}', localDate: '${KEY.date}', expiresAt: null, wave: 2, skip: null };
      const options = { planReader: () => plan, makeMessageId, now: '${NOW}' };
      await queueDeliveries(store, ${JSON.stringify(ISSUE)}, options);
      await store.close();`;
    const ends = await Promise.all([startNode(script).ended, startNode(script).ended]);
    expect(ends.map(({ code, errors }) => [code, errors])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(await countStates(store)).toEqual({ queued: 1_500 });
  });

  test('takes active subscriptions only', async () => {
    const store = await openFrozenIssue(2);
    const nobody = { name: '', zone: null, language: null, newsletter: 'morning', consent: null };
    await saveReaders(store, [{ ...nobody, address: 'pending@example.org' }], NOW);
    await endSubscription(store, store.readers[0] ?? '', { reason: 'left', now: NOW });
    await queueDeliveries(store, ISSUE, queueAt(NOW));
    const rows = await store.db.selectFrom('deliveries').select('subscription_id').execute();
    expect(rows).toEqual([{ subscription_id: store.readers[1] }]);
  });

  test('passes over who already has a scheduled mail for that date', async () => {
    const store = await openFrozenIssue(2);
    await queueDeliveries(store, ISSUE, queueAt(NOW, KEY.date));
    const draft = { document: sampleDocument([['z']]), now: NOW, skipReason: null };
    const weekly = await saveDraft(store, { ...KEY, kind: 'weekly' }, { ...draft, id: 'weekly-1' });
    await queueDeliveries(store, weekly, queueAt(LATER, KEY.date));
    expect(await sumDeliveries(store, weekly.id)).toMatchObject({ audience: 0 });
    const extra = await saveDraft(store, { ...KEY, kind: 'extra' }, { ...draft, id: 'extra-1' });
    await queueDeliveries(store, extra, queueAt(LATER));
    expect(await sumDeliveries(store, extra.id)).toMatchObject({ audience: 2 });
  });

  test('that is complete adds nobody who joins later', async () => {
    const store = await openFrozenIssue(1);
    expect(await isAudienceComplete(store, ISSUE.id)).toBe(false);
    await queueDeliveries(store, ISSUE, queueAt(NOW));
    expect(await isAudienceComplete(store, ISSUE.id)).toBe(true);
    await addSampleReaders(store, 2);
    await queueDeliveries(store, ISSUE, queueAt(NOW));
    expect(await sumDeliveries(store, ISSUE.id)).toMatchObject({ audience: 1 });
  });

  test('of nobody is complete and settled at once', async () => {
    const store = await openFrozenIssue(0);
    expect(await isIssueSettled(store, ISSUE.id)).toBe(false);
    await queueDeliveries(store, ISSUE, queueAt(NOW));
    expect(await isIssueSettled(store, ISSUE.id)).toBe(true);
  });
});

describe('beginning a send by hand', () => {
  test('brings forward what waits for a slot', async () => {
    const store = await openFrozenIssue(2);
    await queueDeliveries(store, ISSUE, queueAt(LATER));
    const begin = { holdUntil: null, releaseAt: NOW, deadline: LATER };
    expect(await beginSend(store, ISSUE.id, begin)).toBe(true);
    expect(await findNextDue(store, ISSUE.id)).toBe(NOW);
    expect(await claimSome(store, 10)).toHaveLength(2);
  });

  test('of an issue that somebody holds begins nothing', async () => {
    const store = await openFrozenIssue(2);
    await queueDeliveries(store, ISSUE, queueAt(NOW));
    await saveHold(store, ISSUE.id, 'held by hand');
    expect(await beginSend(store, ISSUE.id, { holdUntil: null })).toBe(false);
    await saveHold(store, ISSUE.id, null);
    expect(await beginSend(store, ISSUE.id, { holdUntil: null })).toBe(true);
  });
});

describe('the ledger', () => {
  test('streams every row by address, or those in one state', async () => {
    const store = await openFrozenIssue(3);
    await queueDeliveries(store, ISSUE, queueAt(NOW));
    await endSubscription(store, store.readers[1] ?? '', { reason: 'left', now: LATER });
    const all = await listLedger(store);
    expect(all.map(({ subscriber, state }) => [subscriber, state])).toEqual([
      ['reader00000@example.org', 'queued'],
      ['reader00001@example.org', 'skipped'],
      ['reader00002@example.org', 'queued'],
    ]);
    expect(await listLedger(store, 'skipped')).toEqual([
      {
        issue: 'morning/2026-03-09',
        subscriber: 'reader00001@example.org',
        state: 'skipped',
        attempts: 0,
        reason: 'left',
        messageId: `<${store.readers[1]}@example.org>`,
        at: LATER,
      },
    ]);
  });

  test('lets others use the store after a reader stopped listening', async () => {
    const store = await openFrozenIssue(3);
    await queueDeliveries(store, ISSUE, queueAt(NOW));
    for await (const row of streamLedger(store, ISSUE.id)) {
      expect(row.state).toBe('queued');
      break;
    }
    expect(await sumDeliveries(store, ISSUE.id)).toMatchObject({ audience: 3, waiting: 3 });
  });
});

async function listLedger(store: Store, state?: DeliveryState): Promise<readonly LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for await (const row of streamLedger(store, ISSUE.id, state)) rows.push(row);
  return rows;
}
