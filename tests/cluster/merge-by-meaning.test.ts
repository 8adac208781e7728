import { describe, expect, test } from 'vitest';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { findNearStories } from '../../src/cluster/find-near-stories.ts';
import { mergeByMeaning } from '../../src/cluster/merge-by-meaning.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { HARBOUR_FIRE, RATE_CUT, sampleArticle, TOWN_FIRES } from './sample-articles.ts';

const HEARSAY = sampleArticle({
  key: 'hearsay',
  title: 'Flames leave nothing of Port Alder granary',
  summary: 'Tonnes of wheat were lost and a pair of rescuers needed treatment, officials said.',
  publishedAt: '2026-03-02T07:00:00.000Z',
});

describe('stories near in words', () => {
  function findNear(articles: readonly Candidate[]) {
    const stories = clusterArticles(articles);
    const near = findNearStories(stories, articles, new Map());
    return { stories: stories.length, near: near.map(({ a, b }) => [a, b].sort()) };
  }

  test('are the ones that words leave apart and yet have something in common', () => {
    const found = findNear([HARBOUR_FIRE, HEARSAY, RATE_CUT]);
    expect(found).toEqual({ stories: 3, near: [['globe-fire', 'hearsay']] });
  });

  test('are in one language and not weeks apart', () => {
    const german = { ...HEARSAY, language: 'de' };
    const late = { ...HEARSAY, publishedAt: '2026-03-16T07:00:00.000Z' };
    expect(findNear([HARBOUR_FIRE, german]).near).toEqual([]);
    expect(findNear([HARBOUR_FIRE, late]).near).toEqual([]);
  });

  test('are never two events of one kind, each told by several outlets in words of its own', () => {
    const fires = Object.entries(TOWN_FIRES).flatMap(([summary, titles]) =>
      titles.map((title, place) => sampleArticle({ key: `${title}${place}`, title, summary })),
    );
    expect(findNear(fires)).toEqual({ stories: 2, near: [] });
  });
});

describe('stories near in meaning', () => {
  const articles = ['a', 'b', 'c', 'd'].map((key) => sampleArticle({ key, title: `News ${key}` }));
  const byKey = new Map(articles.map((article) => [article.key, article]));
  const stories = articles.map(({ key }) => ({
    id: key,
    articles: [key],
    lead: key,
    independent: 1,
    keywords: [key],
  }));

  function merge(pairs: readonly (readonly [string, string, number])[]) {
    const share = {
      model: 'surveyor',
      least: 0.85,
      pairs: pairs.map(([a, b, closeness]) => ({ a, b, closeness })),
    };
    const merged = mergeByMeaning(stories, share, byKey);
    return {
      groups: merged.stories.map((story) => story.articles.toSorted().join('')),
      joined: merged.joined.map(({ a, b }) => a + b),
    };
  }

  test('become one, which counts its reports anew and has the words of both', () => {
    const share = { model: 'm', least: 0.8, pairs: [{ a: 'a', b: 'c', closeness: 0.8 }] };
    const [first] = mergeByMeaning(stories, share, byKey).stories;
    expect(first).toMatchObject({ articles: ['a', 'c'], independent: 2, keywords: ['a', 'c'] });
  });

  test('stay apart below the least closeness', () => {
    expect(merge([['a', 'b', 0.84]])).toEqual({ groups: ['a', 'b', 'c', 'd'], joined: [] });
  });

  test('join others only when they are close to each of them: no chain grows', () => {
    const chain = [
      ['a', 'b', 0.9],
      ['b', 'c', 0.95],
    ] as const;
    expect(merge(chain)).toEqual({ groups: ['a', 'bc', 'd'], joined: ['bc'] });
    expect(merge([...chain, ['a', 'c', 0.86]]).groups).toEqual(['abc', 'd']);
  });

  test('are the same whatever order the pairs come in, and pairs of stories that are gone do nothing', () => {
    const pairs = [
      ['a', 'b', 0.9],
      ['c', 'd', 0.95],
      ['b', 'gone', 0.99],
    ] as const;
    expect(merge(pairs).groups).toEqual(['ab', 'cd']);
    expect(merge(pairs.toReversed()).groups).toEqual(['ab', 'cd']);
  });
});
