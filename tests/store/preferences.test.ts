import { expect, test } from 'vitest';
import type { DeliveryState } from '../../src/domain/delivery.ts';
import type { Preferences } from '../../src/domain/preferences.ts';
import { queueDeliveries } from '../../src/store/audience.ts';
import { claimDeliveries, type ClaimReader } from '../../src/store/deliveries.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import { freezeIssue, listEarlierDocuments, moveIssue } from '../../src/store/issues.ts';
import type { Store } from '../../src/store/open-store.ts';
import { savePreferences } from '../../src/store/preferences.ts';
import { listReaders } from '../../src/store/subscribers.ts';
import {
  addSampleReaders,
  FROZEN,
  KEY,
  LATER,
  LEASE_MS,
  NOW,
  openSampleStore,
  queueAt,
  RULES,
  sampleDocument,
} from './sample-store.ts';

/** An issue of a date whose only delivery came to `state`. */
async function sendOn(store: Store, date: string, state: DeliveryState): Promise<void> {
  const key = { ...KEY, date };
  const document = { ...sampleDocument([[date]]), date };
  const issue = await saveDraft(store, key, { id: date, document, now: NOW, skipReason: null });
  await freezeIssue(store, issue, FROZEN);
  await queueDeliveries(store, issue, queueAt(NOW));
  await moveIssue(store, issue.id, { from: 'frozen', to: 'sending' });
  await store.db.updateTable('deliveries').set({ state }).where('issue_id', '=', date).execute();
}

async function claimReader(store: Store, issueId: string): Promise<ClaimReader | undefined> {
  const seen: ClaimReader[] = [];
  const claim = { issueId, limit: 9, leaseMs: LEASE_MS, now: LATER };
  const snapshotReader = (reader: ClaimReader) => {
    seen.push(reader);
    return RULES.snapshotReader(reader);
  };
  await claimDeliveries(store, claim, { ...RULES, snapshotReader });
  return seen[0];
}

test('what a reader wants is kept, and known when their mail is claimed', async () => {
  const store = await openSampleStore();
  const [id = ''] = await addSampleReaders(store, 1);
  const preferences: Preferences = {
    topics: ['world'],
    mutedThemes: ['sport'],
    mutedThreads: ['t1'],
    minutes: 4,
    look: 'wire',
  };
  await savePreferences(store, id, { preferences, now: LATER });
  expect((await listReaders(store, 'morning'))[0]?.subscription.preferences).toEqual(preferences);
  await sendOn(store, KEY.date, 'queued');
  expect(await claimReader(store, KEY.date)).toMatchObject({ preferences, lastReceived: null });
});

test('the last issue received is the newest that was sent or may have been', async () => {
  const store = await openSampleStore();
  await addSampleReaders(store, 1);
  await store.db.updateTable('subscriptions').set({ created_at: '2026-03-01' }).execute();
  await sendOn(store, '2026-03-04', 'sent');
  await sendOn(store, '2026-03-05', 'unknown');
  await sendOn(store, '2026-03-06', 'failed');
  await sendOn(store, '2026-03-07', 'skipped');
  await sendOn(store, KEY.date, 'queued');
  expect((await claimReader(store, KEY.date))?.lastReceived).toBe('2026-03-05');
});

test('earlier issues are listed newest first, without those that were cancelled', async () => {
  const store = await openSampleStore();
  await addSampleReaders(store, 1);
  for (const date of ['2026-03-05', '2026-03-06', '2026-03-07', KEY.date])
    await sendOn(store, date, 'sent');
  await moveIssue(store, '2026-03-06', { from: 'sending', to: 'cancelled' });
  const earlier = await listEarlierDocuments(store, KEY, 5);
  expect(earlier.map(({ date }) => date)).toEqual(['2026-03-07', '2026-03-05']);
  expect(await listEarlierDocuments(store, KEY, 1)).toHaveLength(1);
});
