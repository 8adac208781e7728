import { describe, expect, test } from 'vitest';
import { NEVER_FETCHED } from '../../src/domain/feed.ts';
import { addTime, MINUTE } from '../../src/domain/instant.ts';
import {
  claimDueFeeds,
  findFeed,
  listFeeds,
  recordFetch,
  removeFeedUse,
  saveFeed,
} from '../../src/store/feeds.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { addSampleFeed, LATER, NEWSLETTER, NOW, openSampleStore } from './sample-store.ts';

const URLS = ['https://a.example/feed', 'https://b.example/feed', 'https://c.example/feed'];
const CLAIM = { now: NOW, limit: 10, leaseMs: 2 * MINUTE };
const LEARNED = { ...NEVER_FETCHED, state: 'ok', etag: '"1"', lastFetchedAt: NOW } as const;

describe('feeds that are due', () => {
  test('are claimed once, and again when the one who took them died', async () => {
    const store = await openSampleStore();
    for (const url of URLS) await addSampleFeed(store, { url });
    const [first, second] = await Promise.all([
      claimDueFeeds(store, { ...CLAIM, limit: 2 }),
      claimDueFeeds(store, CLAIM),
    ]);
    expect([...first, ...second].map(({ url }) => url).toSorted()).toEqual(URLS);
    expect(await claimDueFeeds(store, { ...CLAIM, now: addTime(NOW, 2 * MINUTE) })).toEqual([]);
    expect(
      await claimDueFeeds(store, { ...CLAIM, now: addTime(NOW, 2 * MINUTE + 1) }),
    ).toHaveLength(3);
  });

  test('are those whose time has come, not the retired ones', async () => {
    const store = await openSampleStore();
    const [due = '', notYet = '', retired = ''] = await Promise.all(
      URLS.map((url) => addSampleFeed(store, { url })),
    );
    await recordFetch(store, due, { polling: { ...LEARNED, nextFetchAt: NOW } });
    await recordFetch(store, notYet, { polling: { ...LEARNED, nextFetchAt: LATER } });
    await recordFetch(store, retired, { polling: { ...LEARNED, state: 'retired' } });
    expect((await claimDueFeeds(store, CLAIM)).map(({ id }) => id)).toEqual([due]);
    const forced = await claimDueFeeds(store, { ...CLAIM, feedId: notYet, isForced: true });
    expect(forced.map(({ id }) => id)).toEqual([notYet]);
  });
});

describe('a feed', () => {
  test('keeps its health when the owner says something else about it', async () => {
    const store = await openSampleStore();
    const url = URLS[0] ?? '';
    const id = await addSampleFeed(store, { url });
    await recordFetch(store, id, { polling: LEARNED, title: 'The A' });
    const said = { url, outlet: 'The A Daily', weight: 2, language: 'en' };
    expect(await saveFeed(store, said, LATER)).toEqual({
      id,
      title: 'The A',
      polling: LEARNED,
      ...said,
    });
  });

  test('that moved takes its new address, unless another feed has it', async () => {
    const store = await openSampleStore();
    const [a = '', b = ''] = await Promise.all(
      URLS.slice(0, 2).map((url) => addSampleFeed(store, { url })),
    );
    await recordFetch(store, a, { polling: LEARNED, url: 'https://new.example/feed' });
    await recordFetch(store, b, { polling: LEARNED, url: 'https://new.example/feed' });
    expect((await findFeed(store, 'https://new.example/feed'))?.id).toBe(a);
    expect((await findFeed(store, b))?.url).toBe(URLS[1]);
  });

  test('goes with its last newsletter', async () => {
    const store = await openSampleStore();
    await saveNewsletter(store, { ...NEWSLETTER, slug: 'evening' }, NOW);
    const id = await addSampleFeed(store);
    await addSampleFeed(store, { newsletter: 'evening' });
    await removeFeedUse(store, 'morning', id);
    expect([(await listFeeds(store, 'morning')).length, (await listFeeds(store)).length]).toEqual([
      0, 1,
    ]);
    await removeFeedUse(store, 'evening', id);
    expect(await listFeeds(store)).toEqual([]);
  });
});
