import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/domain/article.ts';
import { addTime, HOUR } from '../../src/domain/instant.ts';
import { listUnpublishedArticles, saveArticles } from '../../src/store/articles.ts';
import { removeFeedUse } from '../../src/store/feeds.ts';
import { cancelIssue, dropArticles, freezeIssue } from '../../src/store/issues.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import type { Store } from '../../src/store/open-store.ts';
import { listStories, saveStories } from '../../src/store/stories.ts';
import {
  addSampleFeed,
  FROZEN,
  LATER,
  NEWSLETTER,
  NOW,
  openSampleStore,
  sampleArticle,
  saveSampleDraft,
} from './sample-store.ts';

const WINDOW = { newsletter: 'morning', from: addTime(NOW, -36 * HOUR), until: NOW };

describe('articles saved twice', () => {
  test('are counted as added, then unchanged, then changed, and the old wording is kept', async () => {
    const store = await openSampleStore();
    const feedId = await addSampleFeed(store);
    const [a, b] = [sampleArticle('a'), sampleArticle('b')];
    const corrected = sampleArticle('a', { title: 'A ferry returns late' });
    const save = (articles: readonly Article[], now: string) =>
      saveArticles(store, articles, { feedId, now });
    expect(await save([a], NOW)).toEqual({ added: 1, changed: 0, unchanged: 0 });
    expect(await save([a, b], NOW)).toEqual({ added: 1, changed: 0, unchanged: 1 });
    expect(await save([corrected, b], LATER)).toEqual({ added: 0, changed: 1, unchanged: 1 });
    const titles = (await listUnpublishedArticles(store, WINDOW)).map(({ title }) => title);
    expect(titles).toEqual(['A ferry returns late', b.title]);
    expect(await store.db.selectFrom('article_revisions').selectAll().execute()).toEqual([
      { article_key: 'a', replaced_at: LATER, title: a.title, summary: a.summary, text: a.text },
    ]);
  });

  test('in two wordings by two feeds do not take turns for ever', async () => {
    const store = await openSampleStore();
    const [first, second] = [await addSampleFeed(store), await addSampleFeed(store)];
    const [a, other] = [sampleArticle('a'), sampleArticle('a', { title: 'The same ferry' })];
    for (let round = 0; round < 3; round += 1) {
      await saveArticles(store, [a], { feedId: first, now: addTime(NOW, round * HOUR) });
      await saveArticles(store, [other], { feedId: second, now: addTime(NOW, round * HOUR + 1) });
    }
    const revisions = await store.db.selectFrom('article_revisions').selectAll().execute();
    expect(revisions.map(({ title }) => title)).toEqual([a.title]);
  });

  test('in one feed are one article with the last wording', async () => {
    const store = await openSampleStore();
    const feedId = await addSampleFeed(store);
    const twice = [sampleArticle('a'), sampleArticle('b'), sampleArticle('a', { title: 'Again' })];
    expect(await saveArticles(store, twice, { feedId, now: NOW })).toEqual({
      added: 2,
      changed: 0,
      unchanged: 0,
    });
    const found = await listUnpublishedArticles(store, WINDOW);
    expect(found.map(({ key, title }) => [key, title])).toEqual([
      ['a', 'Again'],
      ['b', 'A ferry called b returns'],
    ]);
  });

  test('by two feeds are one article with the best place, weight and hint', async () => {
    const store = await openSampleStore();
    const first = await addSampleFeed(store, { weight: 1 });
    const second = await addSampleFeed(store, {
      url: 'https://b.example/feed',
      weight: 3,
      themeHint: 'world',
    });
    await saveArticles(store, [sampleArticle('x'), sampleArticle('a')], {
      feedId: first,
      now: NOW,
    });
    await saveArticles(store, [sampleArticle('a')], { feedId: second, now: NOW });
    const found = await listUnpublishedArticles(store, WINDOW);
    expect(found.map(({ key }) => key)).toEqual(['a', 'x']);
    expect(found[0]).toMatchObject({ feedWeight: 3, position: 0, themeHint: 'world' });
    expect(found[1]).toMatchObject({ feedWeight: 1, position: 0, themeHint: null });
  });

  test('are all there when a feed carries more than SQLite binds at once', async () => {
    const store = await openSampleStore();
    const feedId = await addSampleFeed(store);
    const many = Array.from({ length: 1_100 }, (_, i) => sampleArticle(`n${i}`));
    await saveArticles(store, many, { feedId, now: NOW });
    const again = await saveArticles(store, many, { feedId, now: LATER });
    expect(again).toEqual({ added: 0, changed: 0, unchanged: 1_100 });
  });
});

describe('a saved article', () => {
  test('comes back exactly as it was', async () => {
    const store = await openSampleStore();
    const feedId = await addSampleFeed(store);
    const article = sampleArticle('ü', {
      url: null,
      text: "It's 100 % 'quoted'; drop table articles; -- \u202e 😀",
      language: null,
      isDateGuessed: true,
      image: { url: 'https://a.example/i.jpg', width: 10, height: null, alt: 'A "ferry"' },
      categories: [],
    });
    await saveArticles(store, [article], { feedId, now: NOW });
    expect(await listUnpublishedArticles(store, WINDOW)).toEqual([
      {
        ...article,
        feedWeight: 1,
        position: 0,
        themeHint: null,
        excludedWords: [],
        carriers: [{ feed: 'https://harbour.example/feed.xml', position: 0 }],
      },
    ]);
  });
});

describe('the candidates of an issue', () => {
  test('were published in the window: its first moment counts, its last does not', async () => {
    const store = await openSampleStore();
    const feedId = await addSampleFeed(store);
    const at = (key: string, publishedAt: string) => sampleArticle(key, { publishedAt });
    const articles = [
      at('too-old', addTime(WINDOW.from, -1)),
      at('first', WINDOW.from),
      at('last', addTime(WINDOW.until, -1)),
      at('too-new', WINDOW.until),
    ];
    await saveArticles(store, articles, { feedId, now: NOW });
    expect(await listKeys(store)).toEqual(['first', 'last']);
  });

  test("come from the newsletter's own feeds only", async () => {
    const store = await openSampleStore();
    await saveNewsletter(store, { ...NEWSLETTER, slug: 'evening' }, NOW);
    const mine = await addSampleFeed(store);
    const theirs = await addSampleFeed(store, { url: 'https://b.example/', newsletter: 'evening' });
    await saveArticles(store, [sampleArticle('a')], { feedId: mine, now: NOW });
    await saveArticles(store, [sampleArticle('b')], { feedId: theirs, now: NOW });
    expect(await listKeys(store)).toEqual(['a']);
    expect(await listKeys(store, 'evening')).toEqual(['b']);
    await removeFeedUse(store, 'morning', mine);
    expect(await listKeys(store)).toEqual([]);
  });

  test('are those no frozen issue has printed, each newsletter for itself', async () => {
    const store = await openSampleStore();
    await saveNewsletter(store, { ...NEWSLETTER, slug: 'evening' }, NOW);
    const feedId = await addSampleFeed(store);
    await addSampleFeed(store, { newsletter: 'evening' });
    const articles = ['a', 'b', 'c'].map((key) => sampleArticle(key));
    await saveArticles(store, articles, { feedId, now: NOW });
    const draft = await saveSampleDraft(store, { articles: ['a', 'c'] });
    expect(await listKeys(store)).toEqual(['a', 'b', 'c']);
    await freezeIssue(store, draft, FROZEN);
    expect(await listKeys(store)).toEqual(['b']);
    expect(await listKeys(store, 'evening')).toEqual(['a', 'b', 'c']);
  });

  test('are back when the frozen issue rolls over, and gone when it was dropped', async () => {
    const store = await openSampleStore();
    const feedId = await addSampleFeed(store);
    await saveArticles(store, [sampleArticle('a'), sampleArticle('b')], { feedId, now: NOW });
    const draft = await saveSampleDraft(store, { articles: ['a'] });
    await freezeIssue(store, draft, FROZEN);
    await cancelIssue(store, draft, {
      from: ['frozen'],
      reason: 'missed',
      isRolling: true,
      now: NOW,
    });
    expect(await listKeys(store)).toEqual(['a', 'b']);
    await dropArticles(store, draft);
    expect(await listKeys(store)).toEqual(['b']);
  });
});

describe('stories', () => {
  const story = (id: string, articles: readonly string[]) => ({
    id,
    articles,
    lead: articles[0] ?? '',
    independent: 1,
    keywords: [],
  });

  async function openStoreWithArticles(): Promise<Store> {
    const store = await openSampleStore();
    const feedId = await addSampleFeed(store);
    const articles = ['a', 'b', 'c', 'd'].map((key) => sampleArticle(key));
    await saveArticles(store, articles, { feedId, now: NOW });
    return store;
  }

  test('are kept, articles move between them, and emptied ones go', async () => {
    const store = await openStoreWithArticles();
    const options = { newsletter: 'morning', now: NOW };
    await saveStories(store, [story('s1', ['a', 'b']), story('s2', ['c'])], options);
    await saveStories(store, [story('s1', ['a', 'b', 'c']), story('s3', ['d'])], options);
    expect(await listStories(store, 'morning')).toEqual([
      { id: 's1', articles: ['a', 'b', 'c'] },
      { id: 's3', articles: ['d'] },
    ]);
    const rows = await store.db.selectFrom('stories').select('id').orderBy('id').execute();
    expect(rows).toEqual([{ id: 's1' }, { id: 's3' }]);
  });

  test('of one newsletter are not those of another', async () => {
    const store = await openStoreWithArticles();
    await saveNewsletter(store, { ...NEWSLETTER, slug: 'evening' }, NOW);
    await saveStories(store, [story('s1', ['a', 'b'])], { newsletter: 'morning', now: NOW });
    await saveStories(store, [story('s1', ['a'])], { newsletter: 'evening', now: NOW });
    expect(await listStories(store, 'morning')).toEqual([{ id: 's1', articles: ['a', 'b'] }]);
    expect(await listStories(store, 'evening')).toEqual([{ id: 's1', articles: ['a'] }]);
  });

  test('that were printed are no longer told', async () => {
    const store = await openStoreWithArticles();
    const stories = [story('s1', ['a', 'b']), story('s2', ['c'])];
    await saveStories(store, stories, { newsletter: 'morning', now: NOW });
    await freezeIssue(store, await saveSampleDraft(store, { articles: ['a', 'b'] }), FROZEN);
    expect(await listStories(store, 'morning')).toEqual([{ id: 's2', articles: ['c'] }]);
  });
});

async function listKeys(store: Store, newsletter = 'morning'): Promise<readonly string[]> {
  const found = await listUnpublishedArticles(store, { ...WINDOW, newsletter });
  return found.map(({ key }) => key);
}
