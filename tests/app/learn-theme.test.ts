import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { buildIssue } from '../../src/app/build-issue.ts';
import { editIssue } from '../../src/app/edit-issue.ts';
import { learnTheme } from '../../src/app/learn-theme.ts';
import type { Article } from '../../src/domain/article.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { saveArticles } from '../../src/store/articles.ts';
import { saveFeed, saveFeedUse } from '../../src/store/feeds.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { listThemeLessons } from '../../src/store/theme-lessons.ts';
import { DATE, NEWSLETTER, openSampleApp } from './sample-app.ts';

const THEMES = ['business', 'science', 'sport'].map((slug) => {
  return { slug, name: slug, words: [], cap: 4 };
});

const NEWS: Readonly<Record<string, readonly [string, string]>> = {
  dredging: [
    'Harbour dredging begins after years of silt',
    'Dredging of the harbour began on Monday; the port company pays for the ships.',
  ],
  tomorrow: [
    'Harbour dredging halted by a storm, company says',
    'The ships that dredge the harbour stay in port; the silt will wait.',
  ],
  rates: [
    'Central bank cuts interest rates',
    'The bank lowered its rate by a quarter point, saying inflation had come down.',
  ],
  walk: ['What Ada saw on Sunday', 'She walked from the church to the mill and back.'],
};

/** A newsletter whose only feed carries these of the news. */
async function openDesk(names: readonly string[], change: Partial<Newsletter> = {}) {
  const { app, folder, setClock } = await openSampleApp();
  const newsletter = { ...NEWSLETTER, themes: THEMES, ...change };
  await saveNewsletter(app.store, newsletter, app.now());
  const url = 'https://harbour.example/feed.xml';
  const feed = await saveFeed(
    app.store,
    { url, outlet: null, weight: 1, language: null },
    app.now(),
  );
  const use = { newsletter: newsletter.slug, feedId: feed.id, themeHint: null, excludedWords: [] };
  await saveFeedUse(app.store, use);
  await saveArticles(app.store, names.map(writeArticle), { feedId: feed.id, now: app.now() });
  setClock('05:30');
  return { app, folder, newsletter };
}

function writeArticle(name: string): Article {
  const [title, summary] = NEWS[name] ?? ['', ''];
  return {
    key: name,
    url: `https://harbour.example/${name}`,
    title,
    summary,
    text: '',
    outlet: { key: 'harbour.example', name: 'The Harbour' },
    language: 'en',
    publishedAt: '2026-03-08T18:00:00.000Z',
    isDateGuessed: false,
    image: null,
    categories: [],
  };
}

/** The theme in today's issue of the story that an article leads. */
async function readTheme(app: App, newsletter: Newsletter, name: string): Promise<string | null> {
  const { issue } = await buildIssue(app, newsletter, DATE);
  const { lead, sections, inBrief } = issue.document;
  const stories = [lead, ...sections.flatMap((section) => section.stories), ...inBrief];
  const story = stories.find((one) => one?.articles.includes(name));
  if (!story) throw new Error(`no story of ${name}`);
  return story.theme;
}

describe("an editor's move", () => {
  test('teaches: the next story like it goes there, an unrelated one stays', async () => {
    const { app, newsletter } = await openDesk(['tomorrow', 'rates']);
    expect(await readTheme(app, newsletter, 'tomorrow')).toBe('business');
    const feed = await saveFeed(
      app.store,
      { url: 'https://old.example/feed.xml', outlet: null, weight: 1, language: null },
      app.now(),
    );
    const options = { feedId: feed.id, now: app.now() };
    await saveArticles(app.store, [writeArticle('dredging')], options);
    const move = { articles: ['dredging'], theme: 'science', from: 'business' };
    await learnTheme(app, newsletter, move);
    expect(await readTheme(app, newsletter, 'tomorrow')).toBe('science');
    expect(await readTheme(app, newsletter, 'rates')).toBe('business');

    await learnTheme(app, newsletter, { ...move, theme: null });
    expect(await readTheme(app, newsletter, 'tomorrow')).toBe('business');
  });

  test('is one lesson of one newsletter, and the latest move of an article counts', async () => {
    const { app, newsletter } = await openDesk(['dredging', 'tomorrow']);
    await learnTheme(app, newsletter, { articles: ['dredging', 'tomorrow'], theme: 'science' });
    await learnTheme(app, newsletter, { articles: ['dredging', 'tomorrow'], theme: 'sport' });
    await learnTheme(app, newsletter, { articles: ['nothing that is known'], theme: 'sport' });
    const [title, summary] = NEWS['dredging']!;
    expect(await listThemeLessons(app.store, newsletter.slug)).toEqual([
      { title, summary, language: 'en', from: null, to: 'sport' },
    ]);
    expect(await listThemeLessons(app.store, 'evening')).toEqual([]);
  });
});

describe('moving a story with daybrief edit', () => {
  test('teaches, and undoing the move takes the lesson back', async () => {
    const { app, newsletter } = await openDesk(['dredging', 'rates']);
    const { issue } = await buildIssue(app, newsletter, DATE);
    const story = NEWS['dredging']![0];
    const named = { newsletter, issue };
    await editIssue(app, named, { kind: 'move', story, theme: 'science', who: 'ada' });
    const lessons = await listThemeLessons(app.store, newsletter.slug);
    expect(lessons).toMatchObject([{ title: story, from: 'business', to: 'science' }]);
    await editIssue(app, named, { kind: 'undo', edit: null, who: 'ada' });
    expect(await listThemeLessons(app.store, newsletter.slug)).toEqual([]);
  });
});

describe('a story without a clear theme', () => {
  test('has none, or the default theme of its newsletter', async () => {
    const plain = await openDesk(['walk']);
    expect(await readTheme(plain.app, plain.newsletter, 'walk')).toBeNull();
    const usual = await openDesk(['walk', 'rates'], { defaultTheme: 'sport' });
    expect(await readTheme(usual.app, usual.newsletter, 'walk')).toBe('sport');
    expect(await readTheme(usual.app, usual.newsletter, 'rates')).toBe('business');
  });
});

describe('the lexicon.yaml beside daybrief.yaml', () => {
  test('adds words to a theme and takes words out', async () => {
    const { app, folder, newsletter } = await openDesk(['walk', 'rates']);
    const words = 'sport: { en: [ada, church] }\nbusiness: { en: "-central bank, -inflation" }\n';
    writeFileSync(join(folder, 'lexicon.yaml'), words);
    expect(await readTheme(app, newsletter, 'walk')).toBe('sport');
  });

  test.each([
    ['- sport', 'it has no themes'],
    ['sport: [goal]', '"sport" has no languages'],
    ['sport: { en: [1] }', '"sport" in "en" has no words'],
    ['sport: { en: "', 'is not valid YAML'],
  ])('that is broken (%s) is refused with the reason', async (text, reason) => {
    const { app, folder, newsletter } = await openDesk(['walk']);
    writeFileSync(join(folder, 'lexicon.yaml'), text);
    await expect(buildIssue(app, newsletter, DATE)).rejects.toThrow(reason);
  });
});
