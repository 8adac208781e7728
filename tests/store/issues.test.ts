import { describe, expect, test } from 'vitest';
import { queueDeliveries } from '../../src/store/audience.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import {
  cancelIssue,
  findFrozenTemplates,
  findIssue,
  findLastFreeze,
  freezeIssue,
  listIssues,
  listIssuesInState,
  moveIssue,
} from '../../src/store/issues.ts';
import {
  addSampleReaders,
  claimSome,
  countStates,
  FROZEN,
  KEY,
  LATER,
  NOW,
  openSampleStore,
  queueAt,
  sampleDocument,
  saveSampleDraft,
  startSampleSend,
} from './sample-store.ts';

describe('a draft', () => {
  test('is refreshed under the same id, however often it is built', async () => {
    const store = await openSampleStore();
    await saveSampleDraft(store);
    const again = await saveSampleDraft(store, { id: 'another', articles: ['b'], now: LATER });
    expect(again).toMatchObject({ id: 'issue-1', state: 'draft', builtAt: LATER });
    expect(again.document.lead?.articles).toEqual(['b']);
    expect(await listIssues(store)).toHaveLength(1);
  });

  test('that was too thin is a skipped day with its reason, and a later build mends it', async () => {
    const store = await openSampleStore();
    const draft = { id: 'issue-1', document: sampleDocument([]), now: NOW };
    const skipped = await saveDraft(store, KEY, { ...draft, skipReason: 'quiet day' });
    expect(skipped).toMatchObject({ state: 'skipped', reason: 'quiet day' });
    const mended = await saveSampleDraft(store, { now: LATER });
    expect(mended).toMatchObject({ state: 'draft', reason: null, builtAt: LATER });
  });

  test.each(['frozen', 'sending', 'paused', 'finished', 'cancelled'] as const)(
    'never touches an issue that is %s',
    async (state) => {
      const store = await openSampleStore();
      const draft = await saveSampleDraft(store);
      await freezeIssue(store, draft, FROZEN);
      await moveIssue(store, draft.id, { from: 'frozen', to: state });
      const before = await findIssue(store, KEY);
      const returned = await saveSampleDraft(store, { id: 'x', articles: ['b'], now: LATER });
      expect(returned).toEqual(before);
      expect(await findIssue(store, KEY)).toEqual(before);
    },
  );
});

describe('freezing', () => {
  test('stores the document, the templates and the hash together', async () => {
    const store = await openSampleStore();
    const draft = await saveSampleDraft(store);
    expect(await findFrozenTemplates(store, draft.id)).toBeNull();
    const frozen = { templates: '{"html":"x"}', contentHash: 'abc', deadline: LATER, now: NOW };
    expect(await freezeIssue(store, draft, frozen)).toBe(true);
    expect(await findIssue(store, KEY)).toEqual({
      ...draft,
      state: 'frozen',
      contentHash: 'abc',
      frozenAt: NOW,
    });
    expect(await findFrozenTemplates(store, draft.id)).toBe('{"html":"x"}');
  });

  test('refuses a draft that somebody rebuilt meanwhile, and prints none of its articles', async () => {
    const store = await openSampleStore();
    const seen = await saveSampleDraft(store);
    await saveSampleDraft(store, { articles: ['b'], now: LATER });
    expect(await freezeIssue(store, seen, FROZEN)).toBe(false);
    expect(await findIssue(store, KEY)).toMatchObject({ state: 'draft', contentHash: null });
    expect(await store.db.selectFrom('issue_articles').selectAll().execute()).toEqual([]);
  });

  test('twice is once', async () => {
    const store = await openSampleStore();
    const draft = await saveSampleDraft(store);
    const second = { ...FROZEN, contentHash: 'other', now: LATER };
    expect(await freezeIssue(store, draft, FROZEN)).toBe(true);
    expect(await freezeIssue(store, draft, second)).toBe(false);
    expect(await findIssue(store, KEY)).toMatchObject({ contentHash: 'h', frozenAt: NOW });
  });
});

describe('an issue', () => {
  test('moves only from the state it was seen in', async () => {
    const store = await openSampleStore();
    const { id } = await saveSampleDraft(store);
    expect(await moveIssue(store, id, { from: 'frozen', to: 'sending' })).toBe(false);
    expect(await moveIssue(store, id, { from: 'draft', to: 'skipped', reason: 'why' })).toBe(true);
    expect(await findIssue(store, KEY)).toMatchObject({ state: 'skipped', reason: 'why' });
    expect(await listIssuesInState(store, ['draft', 'sending'])).toEqual([]);
    expect(await listIssuesInState(store, ['skipped'])).toHaveLength(1);
  });

  test('that is cancelled skips its rows with the reason', async () => {
    const store = await openSampleStore();
    await addSampleReaders(store, 2);
    const draft = await saveSampleDraft(store);
    await freezeIssue(store, draft, FROZEN);
    await queueDeliveries(store, draft, queueAt(NOW));
    await cancelIssue(store, draft, {
      from: ['frozen'],
      reason: 'missed',
      isRolling: false,
      now: LATER,
    });
    const rows = await store.db.selectFrom('deliveries').select(['state', 'reason']).execute();
    expect(rows).toEqual(rows.map(() => ({ state: 'skipped', reason: 'missed' })));
    expect(await findIssue(store, KEY)).toMatchObject({ state: 'cancelled', reason: 'missed' });
  });

  test('that is being sent already is not cancelled as missed', async () => {
    const store = await openSampleStore();
    await addSampleReaders(store, 1);
    const issue = await startSampleSend(store);
    await cancelIssue(store, issue, {
      from: ['frozen'],
      reason: 'missed',
      isRolling: true,
      now: LATER,
    });
    expect(await countStates(store)).toEqual({ queued: 1 });
    expect(await store.db.selectFrom('issue_articles').selectAll().execute()).toHaveLength(1);
  });

  test('that is paused hands out no row', async () => {
    const store = await openSampleStore();
    await addSampleReaders(store, 1);
    const issue = await startSampleSend(store);
    await moveIssue(store, issue.id, { from: 'sending', to: 'paused' });
    expect(await claimSome(store, 10)).toEqual([]);
    expect(await countStates(store)).toEqual({ queued: 1 });
  });

  test('remembers when the one before it was frozen', async () => {
    const store = await openSampleStore();
    const draft = await saveSampleDraft(store);
    await freezeIssue(store, draft, FROZEN);
    expect(await findLastFreeze(store, 'morning', '2026-03-10')).toBe(NOW);
    expect(await findLastFreeze(store, 'morning', KEY.date)).toBeNull();
    expect(await findLastFreeze(store, 'evening', '2026-03-10')).toBeNull();
    await cancelIssue(store, draft, {
      from: ['frozen'],
      reason: 'missed',
      isRolling: true,
      now: LATER,
    });
    expect(await findLastFreeze(store, 'morning', '2026-03-10'), 'nobody read it').toBeNull();
  });
});
