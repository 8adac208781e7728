import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { queueDeliveries } from '../../src/store/audience.ts';
import { freezeIssue } from '../../src/store/issues.ts';
import { listDeliveriesTo } from '../../src/store/ledger.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import {
  countReaders,
  endSubscription,
  findReader,
  listReaders,
  listSubscriptions,
  saveReaders,
  type NewReader,
} from '../../src/store/subscribers.ts';
import { startNode } from '../start-node.ts';
import {
  addSampleReaders,
  countStates,
  FROZEN,
  LATER,
  makeFolder,
  NEWSLETTER,
  NOW,
  openSampleStore,
  queueAt,
  saveSampleDraft,
} from './sample-store.ts';

const ADA: NewReader = {
  address: 'Ada@Example.org',
  name: 'Ada',
  zone: 'Asia/Tokyo',
  language: 'en',
  newsletter: 'morning',
  consent: null,
};
const CONSENT = 'signed at the fair';

describe('adding a reader', () => {
  test('without a consent is pending; a consent activates; nothing else changes them', async () => {
    const store = await openSampleStore();
    expect(await saveReaders(store, [ADA], NOW)).toEqual(['added']);
    expect(await saveReaders(store, [ADA], NOW)).toEqual(['unchanged']);
    const agreed = { ...ADA, name: 'Somebody else', consent: CONSENT };
    expect(await saveReaders(store, [agreed], LATER)).toEqual(['activated']);
    const [reader] = await listReaders(store, 'morning');
    expect(reader).toMatchObject({
      subscriber: { address: 'Ada@Example.org', normalizedAddress: 'ada@example.org', name: 'Ada' },
      subscription: { state: 'active', consent: CONSENT, consentAt: LATER, createdAt: NOW },
    });
    const later = { ...ADA, consent: 'again' };
    expect(await saveReaders(store, [later], LATER)).toEqual(['unchanged']);
    expect((await findReader(store, reader?.subscription.id ?? ''))?.subscription.consent).toBe(
      CONSENT,
    );
  });

  test('in two spellings is one person', async () => {
    const store = await openSampleStore();
    const spellings = ['ada@MÜNCHEN.example', 'ADA@xn--mnchen-3ya.example'];
    const readers = spellings.map((address) => ({ ...ADA, address, consent: CONSENT }));
    expect(await saveReaders(store, readers, NOW)).toEqual(['added', 'unchanged']);
    expect(await listSubscriptions(store, 'Ada@München.example')).toHaveLength(1);
  });

  test('who left never comes back that way', async () => {
    const store = await openSampleStore();
    const [id] = await addSampleReaders(store, 1);
    await endSubscription(store, id ?? '', { reason: 'left', now: NOW });
    const back = { ...ADA, address: 'reader00000@example.org', consent: CONSENT };
    expect(await saveReaders(store, [back], LATER)).toEqual(['left']);
    expect(await countReaders(store, 'morning')).toEqual({
      pending: 0,
      active: 0,
      paused: 0,
      unsubscribed: 1,
    });
  });

  test('to a second newsletter keeps one person with two subscriptions', async () => {
    const store = await openSampleStore();
    await saveNewsletter(store, { ...NEWSLETTER, slug: 'evening' }, NOW);
    await saveReaders(store, [ADA, { ...ADA, newsletter: 'evening' }], NOW);
    const [first, second] = await listSubscriptions(store, ADA.address);
    expect(first?.subscriber.id).toBe(second?.subscriber.id);
    expect(first?.subscription.id).not.toBe(second?.subscription.id);
  });

  test('that fails in the middle of a list adds nobody', async () => {
    const store = await openSampleStore();
    const readers = [ADA, { ...ADA, address: 'ben@example.org', newsletter: 'no-such' }];
    await expect(saveReaders(store, readers, NOW)).rejects.toThrow();
    expect(await listReaders(store, 'morning')).toEqual([]);
  });
});

describe('a goodbye', () => {
  test('ends the subscription and skips its queued mail, and nobody else’s', async () => {
    const store = await openSampleStore(join(makeFolder(), 'store.sqlite'));
    const [ada = '', ben = ''] = await addSampleReaders(store, 2);
    const draft = await saveSampleDraft(store);
    await freezeIssue(store, draft, FROZEN);
    await queueDeliveries(store, draft, queueAt(NOW));
    expect(await endSubscription(store, ada, { reason: 'she left', now: LATER })).toBe(true);
    expect(await countStates(store)).toEqual({ queued: 1, skipped: 1 });
    expect((await findReader(store, ada))?.subscription.state).toBe('unsubscribed');
    expect((await findReader(store, ben))?.subscription.state).toBe('active');
    expect(await listDeliveriesTo(store, 'reader00000@example.org')).toMatchObject([
      { state: 'skipped', reason: 'she left', at: LATER },
    ]);
  });

  test('is one transaction: killed in the middle, both halves are done or neither', async () => {
    const store = await openSampleStore(join(makeFolder(), 'store.sqlite'));
    const readers = await addSampleReaders(store, 200);
    const draft = await saveSampleDraft(store);
    await freezeIssue(store, draft, FROZEN);
    await queueDeliveries(store, draft, queueAt(NOW));
    const leaving = startNode(`
      import { openStore } from 'SRC/store/open-store.ts';
      import { endSubscription } from 'SRC/store/subscribers.ts';
      const store = openStore(${JSON.stringify(store.path)});
      for (const id of ${JSON.stringify(readers)}) {
        await endSubscription(store, id, { reason: 'left', now: '${LATER}' });
        console.log(id);
      }`);
    await leaving.untilItSpeaks();
    leaving.kill();
    const { output } = await leaving.ended;
    const torn = await store.db
      .selectFrom('subscriptions')
      .innerJoin('deliveries', 'deliveries.subscription_id', 'subscriptions.id')
      .select(['subscriptions.state as subscription', 'deliveries.state as delivery'])
      .execute();
    const halves = torn.map(({ subscription, delivery }) => `${subscription}/${delivery}`);
    expect(new Set(halves)).toEqual(
      new Set([
        'unsubscribed/skipped',
        ...(halves.includes('active/queued') ? ['active/queued'] : []),
      ]),
    );
    const told = output.split('\n').filter((line) => readers.includes(line)).length;
    const done = halves.filter((half) => half === 'unsubscribed/skipped').length;
    expect(done, 'what was answered is kept').toBeGreaterThanOrEqual(told);
  });

  test('twice is once, and to a subscription that is not there is false', async () => {
    const store = await openSampleStore();
    const [id = ''] = await addSampleReaders(store, 1);
    await endSubscription(store, id, { reason: 'left', now: NOW });
    expect(await endSubscription(store, id, { reason: 'left', now: LATER })).toBe(true);
    expect(await endSubscription(store, 'nobody', { reason: 'left', now: NOW })).toBe(false);
  });
});
