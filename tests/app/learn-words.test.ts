import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { buildIssue } from '../../src/app/build-issue.ts';
import { gatherFeeds } from '../../src/app/gather-feeds.ts';
import { learnWords } from '../../src/app/learn-words.ts';
import { loadBackground } from '../../src/app/load-background.ts';
import { readBackground } from '../../src/app/read-background.ts';
import { unpackMorning } from '../../src/app/pack-morning.ts';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import type { Article } from '../../src/domain/article.ts';
import { addTime, DAY } from '../../src/domain/instant.ts';
import { addDays } from '../../src/domain/local-time.ts';
import { saveArticles } from '../../src/store/articles.ts';
import { saveFeed } from '../../src/store/feeds.ts';
import { findIssueInputs } from '../../src/store/issue-inputs.ts';
import { findWordCounts } from '../../src/store/word-counts.ts';
import { DATE, fillSampleApp, openSampleApp } from './sample-app.ts';
import { sampleArticle } from '../cluster/sample-articles.ts';

const LIBRARY = sampleArticle({ key: 'x', title: 'Library reopens on Wellbrook Quay' });
const BAKERY = sampleArticle({ key: 'y', title: 'Bakery burns on Wellbrook Quay' });

/** Lets a feed that nobody fetches have carried these articles now. */
async function save(app: App, articles: readonly Article[]): Promise<void> {
  const definition = { url: 'https://town.example/feed', outlet: null, weight: 1, language: null };
  const feed = await saveFeed(app.store, definition, app.now());
  await saveArticles(app.store, articles, { feedId: feed.id, now: app.now() });
}

/** Ten articles of a day, all in the town, each about something else. */
function printDay(day: string): readonly Article[] {
  return Array.from({ length: 10 }, (_, place) => {
    const [one, other] = ['a', 'b'].map((side) => `${side}${day.replaceAll('-', '')}n${place}`);
    const title = `${one} and ${other} on Wellbrook Quay`;
    return sampleArticle({ key: `${day}/${place}`, title, publishedAt: `${day}T03:00:00.000Z` });
  });
}

async function countStories(app: App): Promise<number> {
  const articles = [LIBRARY, BAKERY];
  return clusterArticles(articles, await readBackground(app, articles)).length;
}

const countTown = async ({ store }: App) => await findWordCounts(store, 'en', ['wellbrook']);

describe('the words that an installation prints every day', () => {
  test('join no stories after a month, as they did on the first day', async () => {
    const { app, setClock } = await openSampleApp();
    expect(await countStories(app)).toBe(1);
    for (let day = 0; day < 30; day += 1) {
      const date = addDays(DATE, day);
      setClock(`${date}T04:00:00.000Z`);
      await save(app, printDay(date));
      await learnWords(app);
    }
    expect((await countTown(app)).articles).toBe(270);
    expect(await countStories(app)).toBe(2);
  });

  test('are counted once, and not while they are news', async () => {
    const { app, setClock } = await openSampleApp();
    await save(app, printDay(DATE));
    expect(await learnWords(app)).toBe(0);
    setClock(addTime(app.now(), 3 * DAY));
    expect(await learnWords(app)).toBe(10);
    await save(
      app,
      printDay(DATE).map((article) => ({ ...article, summary: 'Another wording.' })),
    );
    setClock(addTime(app.now(), 3 * DAY));
    expect(await learnWords(app)).toBe(0);
    expect(await countTown(app)).toEqual({
      language: 'en',
      articles: 10,
      stems: new Map([['wellbrook', 10]]),
    });
  });

  test('of an article in no known language are not counted, and it is not asked again', async () => {
    const { app, setClock } = await openSampleApp();
    await save(app, [{ ...LIBRARY, language: null }]);
    setClock(addTime(app.now(), 3 * DAY));
    expect(await learnWords(app)).toBe(1);
    expect(await learnWords(app)).toBe(0);
    expect((await countTown(app)).stems.size).toBe(0);
  });

  test('are halved when there are too many, and what was met once is forgotten', async () => {
    const { app, setClock } = await openSampleApp();
    await save(app, printDay(DATE));
    setClock(addTime(app.now(), 3 * DAY));
    await learnWords(app, { articles: 9 });
    expect(await countTown(app)).toMatchObject({ articles: 5, stems: new Map([['wellbrook', 5]]) });
    const rows = await app.store.db.selectFrom('word_counts').selectAll().execute();
    expect(rows.map(({ stem }) => stem)).toEqual(['quay', 'wellbrook']);
  });

  test('of very many articles are left in part for the next time', async () => {
    const { app, setClock } = await openSampleApp();
    const days = Array.from({ length: 25 }, (_, day) => addDays(DATE, day));
    await save(app, days.flatMap(printDay));
    setClock(addTime(app.now(), 40 * DAY));
    expect(await learnWords(app, { batches: 1 })).toBe(200);
    expect(await learnWords(app, { batches: 1 })).toBe(50);
  });

  test('are learned when feeds were gathered', async () => {
    const { app, setClock } = await openSampleApp();
    await save(app, printDay(DATE));
    setClock(addTime(app.now(), 3 * DAY));
    await gatherFeeds(app);
    expect((await countTown(app)).articles).toBe(10);
  });
});

test('an issue keeps the counts of its own words with it, and no others', async () => {
  const { app, setClock } = await openSampleApp();
  const usual = Array.from({ length: 40 }, (_, place) =>
    sampleArticle({ key: `old${place}`, title: 'Parliament passes Wellbrook' }),
  );
  await save(app, usual);
  setClock(addTime(app.now(), 3 * DAY));
  await learnWords(app);
  setClock('06:00');
  const newsletter = await fillSampleApp(app);
  const { issue } = await buildIssue(app, newsletter, DATE);
  const packed = await findIssueInputs(app.store, issue.id);
  const kept = packed && (await unpackMorning(packed)).inputs.background.get('en');
  const shipped = loadBackground().get('en')?.get('parliament') ?? 0;
  expect(kept?.get('parliament')).toBeGreaterThan(shipped);
  expect(kept?.has('wellbrook')).toBe(false);
});
