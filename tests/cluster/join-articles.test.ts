import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { clusterDay } from '../../src/cluster/cluster-day.ts';
import { joinArticles } from '../../src/cluster/join-articles.ts';
import type { Candidate } from '../../src/domain/article.ts';
import type { Story } from '../../src/domain/story.ts';
import {
  HARBOUR_FIRE,
  HARBOUR_FIRE_ELSEWHERE,
  RATE_CUT,
  sampleArticle,
} from './sample-articles.ts';

function groupKeys(stories: readonly Story[]): readonly (readonly string[])[] {
  return stories.map(({ articles }) => [...articles].sort()).sort();
}

describe('articles that come after the stories were made', () => {
  const before = [RATE_CUT, HARBOUR_FIRE];
  const known = clusterArticles(before);

  test('join the story they are about', () => {
    const stories = joinArticles(known, [...before, HARBOUR_FIRE_ELSEWHERE]);
    expect(groupKeys(stories)).toEqual([['courier-fire', 'globe-fire'], ['ledger-rates']]);
    expect(stories).toEqual(clusterArticles([...before, HARBOUR_FIRE_ELSEWHERE]));
  });

  test('begin a story of their own where none is alike, and join each other there', () => {
    const ferry = ['Ferry sinks off Wellbrook', 'Wellbrook ferry sinks'].map((title, place) =>
      sampleArticle({ key: `f${place}`, title }),
    );
    const stories = joinArticles(known, [...before, ...ferry]);
    expect(groupKeys(stories)).toEqual([['f0', 'f1'], ['globe-fire'], ['ledger-rates']]);
  });

  test('go where the article is that they copy', () => {
    const copy = { ...HARBOUR_FIRE, key: 'a-copy', publishedAt: '2026-03-01T23:00:00.000Z' };
    const [story] = joinArticles(known, [...before, copy]).filter(({ articles }) =>
      articles.includes('a-copy'),
    );
    expect(story?.articles).toContain('globe-fire');
    expect(story?.independent).toBe(1);
  });

  test('do not bring two stories together, however alike', () => {
    const apart = [HARBOUR_FIRE, HARBOUR_FIRE_ELSEWHERE].map(({ key }) => ({ articles: [key] }));
    const third = { ...HARBOUR_FIRE, key: 'z', title: 'Grain warehouse fire in Port Alder' };
    const stories = joinArticles(apart, [HARBOUR_FIRE, HARBOUR_FIRE_ELSEWHERE, third]);
    expect(stories).toHaveLength(2);
  });
});

describe('a day of very many articles', () => {
  const fire = [HARBOUR_FIRE, HARBOUR_FIRE_ELSEWHERE];
  const others = Array.from({ length: 8 }, (_, place) => sampleArticle({ key: `o${place}` }));
  const apart = fire.map(({ key }) => ({ articles: [key] }));
  const known = [...apart, ...others.map(({ key }) => ({ articles: [key] }))];
  const isTogether = (stories: readonly Story[]): boolean =>
    stories.some(({ articles }) => fire.every(({ key }) => articles.includes(key)));
  const cluster = (articles: readonly Candidate[], mostAnew: number): readonly Story[] =>
    clusterDay(articles, { background: new Map(), known }, mostAnew);

  test('is not clustered anew while few of them are new', () => {
    expect(isTogether(cluster([...fire, ...others, RATE_CUT], 10))).toBe(false);
  });

  test('is when many are new, and so is a day of few articles', () => {
    const more = Array.from({ length: 5 }, (_, place) => sampleArticle({ key: `n${place}` }));
    expect(isTogether(cluster([...fire, ...others, ...more], 10))).toBe(true);
    expect(isTogether(cluster([...fire, ...others, RATE_CUT], 11))).toBe(true);
  });
});

describe('for any articles and any of them known', () => {
  const word = fc.constantFrom(
    ...'otter bridge violin quarry lantern meadow copper saddle thistle'.split(' '),
  );
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
  const article: fc.Arbitrary<Candidate> = fc
    .record({
      key: fc.string({ minLength: 1, maxLength: 4 }),
      title: text,
      summary: text,
      language: fc.constantFrom('en', 'de', null),
      publishedAt: fc
        .integer({ min: 0, max: 72 })
        .map((hour) => new Date(Date.UTC(2026, 2, 2, hour)).toISOString()),
    })
    .map((given) => sampleArticle(given));
  const articles = fc.uniqueArray(article, { maxLength: 30, selector: ({ key }) => key });
  const day = fc.record({ articles, share: fc.double({ min: 0, max: 1, noNaN: true }) });

  const splitDay = (given: readonly Candidate[], share: number): readonly Story[] =>
    clusterArticles(given.slice(0, Math.floor(given.length * share)));

  test('every article is in exactly one story, and the known ones are together as they were', () => {
    fc.assert(
      fc.property(day, ({ articles: given, share }) => {
        const known = splitDay(given, share);
        const stories = joinArticles(known, given);
        const keys = stories.flatMap((story) => story.articles);
        expect([...keys].sort()).toEqual(given.map(({ key }) => key).sort());
        const wasKnown = new Set(known.flatMap((story) => story.articles));
        const kept = stories
          .map((story) => ({
            ...story,
            articles: story.articles.filter((key) => wasKnown.has(key)),
          }))
          .filter((story) => story.articles.length > 0);
        expect(groupKeys(kept)).toEqual(groupKeys(known));
      }),
    );
  });

  test('the order in which articles and stories are given changes nothing', () => {
    fc.assert(
      fc.property(day, ({ articles: given, share }) => {
        const known = splitDay(given, share);
        const turned = joinArticles([...known].reverse(), [...given].reverse());
        expect(groupKeys(turned)).toEqual(groupKeys(joinArticles(known, given)));
      }),
    );
  });

  test('nothing new leaves every story as it was, and nothing known begins anew', () => {
    fc.assert(
      fc.property(articles, (given) => {
        const known = clusterArticles(given);
        expect(groupKeys(joinArticles(known, given))).toEqual(groupKeys(known));
        expect(joinArticles([], given).flatMap((story) => story.articles)).toHaveLength(
          given.length,
        );
      }),
    );
  });
});
