import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankStories, type RankingContext } from '../../src/compose/rank-stories.ts';
import type { Candidate } from '../../src/domain/article.ts';
import type { RankedStory, Story } from '../../src/domain/story.ts';
import { mapArticles, sampleArticle, sampleStory } from './sample-stories.ts';

const CUT_OFF = '2026-03-02T05:30:00.000Z';

function rank(stories: readonly Story[], articles: readonly Candidate[]): readonly RankedStory[] {
  return rankStories(stories, {
    articles: mapArticles(articles),
    themes: new Map([['s-a0', { theme: 'world', confidence: 0.5 }]]),
    cutOff: CUT_OFF,
  });
}

function sampleArticles(name: string, count: number): readonly Candidate[] {
  return Array.from({ length: count }, (_, place) => sampleArticle({ key: `${name}${place}` }));
}

test('three independent reports rank above ten reprints of one', () => {
  const [reports, reprints] = [sampleArticles('a', 3), sampleArticles('b', 10)];
  const stories = [sampleStory(reprints, { independent: 1 }), sampleStory(reports)];
  expect(rank(stories, [...reports, ...reprints]).map(({ id }) => id)).toEqual(['s-a0', 's-b0']);
});

test.each<[string, Partial<Candidate>]>([
  ['a fresher story', { publishedAt: '2026-03-02T05:29:00.000Z' }],
  ['a story of a weightier feed', { feedWeight: 2 }],
])('%s ranks higher', (_, given) => {
  const plain = sampleArticle({ key: 'a' });
  const better = sampleArticle({ key: 'b', ...given });
  const ranked = rank([sampleStory([plain]), sampleStory([better])], [plain, better]);
  expect(ranked[0]?.lead).toBe('b');
});

test('a story further down in its feed ranks lower', () => {
  const [low, top] = [sampleArticle({ key: 'a', position: 20 }), sampleArticle({ key: 'b' })];
  expect(rank([sampleStory([low]), sampleStory([top])], [low, top])[0]?.lead).toBe('b');
});

test('a date in the future does not push a story to the top', () => {
  const future = sampleArticle({ key: 'a', publishedAt: '2099-01-01T00:00:00.000Z' });
  const today = sampleArticle({ key: 'b' });
  expect(rank([sampleStory([future]), sampleStory([today])], [future, today])[0]?.lead).toBe('b');
});

describe('a newsletter’s own wishes', () => {
  const [plain, other] = [sampleArticle({ key: 'a' }), sampleArticle({ key: 'b' })];
  const ferry = { ...other, title: 'Ferry service to the islands ends' };
  const themes = new Map([
    ['s-a', { theme: 'sport', confidence: 1 }],
    ['s-b', { theme: 'world', confidence: 1 }],
  ]);
  const first = (given: Partial<RankingContext>) => {
    const articles = [plain, ferry];
    const stories = articles.map((article) => sampleStory([article]));
    const context = { articles: mapArticles(articles), themes, cutOff: CUT_OFF, ...given };
    return rankStories(stories, context)[0];
  };

  test('a word it cares for lifts a story, one it does not care for sinks it', () => {
    expect(first({})?.lead).toBe('a');
    expect(first({ interests: { 'ferry service': 1 } })).toMatchObject({
      lead: 'b',
      terms: { interest: 1 },
    });
    expect(first({ interests: { headline: -1 } })?.lead).toBe('b');
    expect(first({ interests: { ferr: 1, islandse: 1 } })?.terms['interest']).toBe(0);
  });

  test('a theme of twice the weight is worth a doubling', () => {
    const subjects = [{ slug: 'world', name: 'World', words: [], cap: 4, weight: 2 }];
    expect(first({ subjects })).toMatchObject({ lead: 'b', terms: { theme: 1 } });
  });

  test('a thread that moved on is lifted, one that stood still sinks', () => {
    const news = { thread: 't', toldOn: '2026-03-01', isNew: false, sentences: [] };
    expect(first({ news: new Map([['s-b', { ...news, hasNews: true }]]) })?.lead).toBe('b');
    expect(first({ news: new Map([['s-a', { ...news, hasNews: false }]]) })?.lead).toBe('b');
  });
});

test('a story carries its theme, and one without is undecided', () => {
  const articles = [...sampleArticles('a', 1), ...sampleArticles('b', 1)];
  const ranked = rank(
    articles.map((article) => sampleStory([article])),
    articles,
  );
  const themes = Object.fromEntries(
    ranked.map(({ id, theme, confidence }) => [id, [theme, confidence]]),
  );
  expect(themes).toEqual({ 's-a0': ['world', 0.5], 's-b0': [null, 0] });
});

test('for any stories the terms sum to the score, the best comes first, and input order is nothing', () => {
  const story = fc.record({
    key: fc.string({ minLength: 1, maxLength: 5 }),
    independent: fc.integer({ min: 1, max: 50 }),
    feedWeight: fc.double({ min: 0, max: 10, noNaN: true }),
    position: fc.integer({ min: 0, max: 500 }),
    publishedAt: fc
      .date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  });
  fc.assert(
    fc.property(fc.uniqueArray(story, { selector: ({ key }) => key }), (given) => {
      const articles = given.map(({ independent: _, ...rest }) => sampleArticle(rest));
      const stories = given.map(({ independent }, place) =>
        sampleStory(articles.slice(place, place + 1), { independent }),
      );
      const ranked = rank(stories, articles);
      for (const { score, terms } of ranked) {
        expect(Number.isFinite(score)).toBe(true);
        expect(Object.values(terms).reduce((sum, term) => sum + term, 0)).toBeCloseTo(score, 9);
      }
      const scores = ranked.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(rank([...stories].reverse(), articles)).toEqual(ranked);
    }),
  );
});
