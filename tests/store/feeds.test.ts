import { describe, expect, test } from 'vitest';
import { NEVER_FETCHED } from '../../src/domain/feed.ts';
import { addTime, MINUTE } from '../../src/domain/instant.ts';
import {
  claimFeed,
  findFeed,
  listDueFeeds,
  listFeeds,
  recordFetch,
  removeFeedUse,
  saveFeed,
} from '../../src/store/feeds.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { addSampleFeed, LATER, NEWSLETTER, NOW, openSampleStore } from './sample-store.ts';

const URLS = ['https://a.example/feed', 'https://b.example/feed', 'https://c.example/feed'];
const CLAIM = { now: NOW, leaseMs: 2 * MINUTE, isForced: false };
const LEARNED = { ...NEVER_FETCHED, state: 'ok', etag: '"1"', lastFetchedAt: NOW } as const;

describe('a feed that is due', () => {
  test('is claimed by one of two, and again when that one died', async () => {
    const store = await openSampleStore();
    const id = await addSampleFeed(store);
    const both = await Promise.all([claimFeed(store, id, CLAIM), claimFeed(store, id, CLAIM)]);
    expect(both.map((feed) => feed?.id)).toEqual([id, undefined]);
    const atItsEnd = addTime(NOW, 2 * MINUTE);
    expect(await claimFeed(store, id, { ...CLAIM, now: atItsEnd })).toBeNull();
    expect(await listDueFeeds(store, atItsEnd)).toEqual([]);
    const after = addTime(atItsEnd, 1);
    expect(await listDueFeeds(store, after)).toHaveLength(1);
    expect((await claimFeed(store, id, { ...CLAIM, now: after }))?.id).toBe(id);
  });

  test('is one whose time has come and that is not retired; a forced one is taken anyway', async () => {
    const store = await openSampleStore();
    const [due = '', notYet = '', retired = ''] = await Promise.all(
      URLS.map((url) => addSampleFeed(store, { url })),
    );
    await recordFetch(store, due, { polling: { ...LEARNED, nextFetchAt: NOW } });
    await recordFetch(store, notYet, { polling: { ...LEARNED, nextFetchAt: LATER } });
    await recordFetch(store, retired, { polling: { ...LEARNED, state: 'retired' } });
    expect((await listDueFeeds(store, NOW)).map(({ id }) => id)).toEqual([due]);
    for (const id of [notYet, retired]) {
      expect(await claimFeed(store, id, CLAIM)).toBeNull();
      expect((await claimFeed(store, id, { ...CLAIM, isForced: true }))?.id).toBe(id);
    }
  });

  test('comes before one that failed, and the longest waiting first', async () => {
    const store = await openSampleStore();
    const [a = '', b = '', c = ''] = await Promise.all(
      URLS.map((url) => addSampleFeed(store, { url })),
    );
    const early = addTime(NOW, -MINUTE);
    await recordFetch(store, a, { polling: { ...LEARNED, failures: 1, nextFetchAt: early } });
    await recordFetch(store, b, { polling: { ...LEARNED, nextFetchAt: NOW } });
    await recordFetch(store, c, { polling: { ...LEARNED, nextFetchAt: early } });
    expect((await listDueFeeds(store, NOW)).map(({ id }) => id)).toEqual([c, b, a]);
  });
});

describe('a feed', () => {
  test('keeps all that was learned about it', async () => {
    const store = await openSampleStore();
    const id = await addSampleFeed(store);
    const polling = {
      state: 'failing',
      etag: 'W/"7"',
      lastModified: 'Mon, 09 Mar 2026 04:00:00 GMT',
      lastFetchedAt: NOW,
      lastFullFetchAt: NOW,
      nextFetchAt: LATER,
      failures: 3,
      problem: 'harbour.example answered 404.',
      failingSince: NOW,
      lastStatus: 404,
      contentHash: 'ab12',
      lastChangedAt: NOW,
      changeSeconds: 5_400,
      hints: { minutes: 60, skippedHours: [0, 1], skippedDays: [6, 7] },
    } as const;
    await recordFetch(store, id, { polling });
    expect((await findFeed(store, id))?.polling).toEqual(polling);
  });

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
