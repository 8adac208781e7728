import { expect, test } from 'vitest';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { linkStories } from '../../src/cluster/link-stories.ts';
import { sampleArticle } from './sample-articles.ts';

const SINKING = sampleArticle({
  key: 'sinking',
  title: 'Ferry Aurora sinks off Port Alder with 17 dead',
  summary: 'The ferry Aurora sank in a storm off Port Alder on Sunday night and 17 people drowned.',
  publishedAt: '2026-03-02T05:00:00.000Z',
});

function linkArticles(articles: readonly ReturnType<typeof sampleArticle>[]) {
  const stories = clusterArticles(articles);
  const byKey = new Map(articles.map((article) => [article.key, article]));
  const threads = linkStories(stories, byKey, new Map());
  return { stories, threadOf: (story: string) => threads.get(story) ?? story };
}

test('articles of two days are of one thread, whether they are one story or two', () => {
  const again = { ...SINKING, key: 'again', publishedAt: '2026-03-03T05:00:00.000Z' };
  const trial = sampleArticle({
    key: 'trial',
    title: 'Captain of the ferry Aurora arrested in Port Alder',
    summary: 'Police arrested the captain of the Aurora, which sank off Port Alder.',
    publishedAt: '2026-03-11T05:00:00.000Z',
  });
  const { stories, threadOf } = linkArticles([SINKING, again, trial]);
  expect(stories.map(({ articles }) => articles.length).sort()).toEqual([1, 2]);
  expect(new Set(stories.map(({ id }) => threadOf(id))).size).toBe(1);
});

test('stories of a single day are no threads', () => {
  const other = { ...SINKING, key: 'other', title: 'Budget passed', summary: 'Ministers agreed.' };
  const { stories, threadOf } = linkArticles([SINKING, other]);
  expect(stories.map(({ id }) => threadOf(id))).toEqual(stories.map(({ id }) => id));
});
