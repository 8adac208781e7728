import { describe, expect, test } from 'vitest';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { explainStory } from '../../src/cluster/explain-story.ts';
import {
  HARBOUR_FIRE,
  HARBOUR_FIRE_ELSEWHERE,
  RATE_CUT,
  sampleArticle,
} from './sample-articles.ts';

const COPY = sampleArticle({
  ...HARBOUR_FIRE,
  key: 'copy-fire',
  outlet: { key: 'c.example', name: 'C' },
});

describe('explainStory', () => {
  test('takes the likeness of an article apart into words that sum to it', () => {
    const articles = [HARBOUR_FIRE, HARBOUR_FIRE_ELSEWHERE, RATE_CUT];
    const [story] = clusterArticles(articles, new Map());
    const reasons = explainStory(story?.articles ?? [], articles, new Map());
    expect(reasons).toHaveLength(2);
    for (const { likeness, words, pieces, others } of reasons) {
      const sum = words.reduce((total, { weight }) => total + weight, pieces + others);
      expect(sum).toBeCloseTo(likeness ?? -1, 6);
      expect(likeness).toBeGreaterThan(0.21);
      expect(words.map(({ word }) => word)).toContain('warehouse');
    }
  });

  test('says how far apart in time, and what shared outlets cost', () => {
    const late = { ...HARBOUR_FIRE_ELSEWHERE, publishedAt: '2026-03-05T05:00:00.000Z' };
    const same = { ...HARBOUR_FIRE_ELSEWHERE, outlet: HARBOUR_FIRE.outlet };
    const explain = (other: typeof late) =>
      explainStory([HARBOUR_FIRE.key, other.key], [HARBOUR_FIRE, other], new Map())[0];
    expect(explain(late)).toMatchObject({ daysApart: 3 });
    expect(explain(late)?.outletFactor).toBeCloseTo(1);
    expect(explain(late)?.timeFactor).toBeLessThan(0.7);
    expect(explain(same)?.outletFactor).toBeLessThan(1);
  });

  test('names what an article copies, and compares nothing with one alone', () => {
    const articles = [HARBOUR_FIRE, COPY, RATE_CUT];
    const [first, copy] = explainStory([HARBOUR_FIRE.key, COPY.key], articles, new Map());
    expect([first?.copyOf, copy?.copyOf].sort()).toEqual([null, expect.any(String)].sort());
    expect(explainStory([RATE_CUT.key], articles, new Map())).toMatchObject([
      { article: RATE_CUT.key, likeness: null, words: [] },
    ]);
  });

  test('an editor may have joined articles of two languages: each is compared with its own', () => {
    const german = sampleArticle({ key: 'brand', title: 'Brand im Hafen', language: 'de' });
    const reasons = explainStory(['brand', RATE_CUT.key], [german, RATE_CUT], new Map());
    expect(reasons.map(({ article, likeness }) => [article, likeness])).toEqual([
      ['brand', null],
      [RATE_CUT.key, null],
    ]);
  });
});
