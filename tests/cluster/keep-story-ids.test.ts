import { expect, test } from 'vitest';
import { keepStoryIds } from '../../src/cluster/keep-story-ids.ts';
import { nameStory } from '../../src/cluster/name-story.ts';
import type { Story } from '../../src/domain/story.ts';

function sampleStory(articles: readonly [string, ...string[]]): Story {
  const [lead] = articles;
  return { id: nameStory(lead), articles, lead, independent: articles.length, keywords: [] };
}

test('a story whose lead changed keeps its id while most of its articles stay', () => {
  const before = sampleStory(['a', 'b', 'c']);
  const after = sampleStory(['d', 'a', 'b', 'e', 'f']);
  expect(keepStoryIds([before], [after])[0]?.id).toBe(before.id);
});

test('a split story leaves its id to the larger part, even when the smaller took its lead along', () => {
  const before = sampleStory(['a', 'b', 'c', 'd']);
  const [small, large] = keepStoryIds([before], [sampleStory(['a']), sampleStory(['b', 'c', 'd'])]);
  expect(large?.id).toBe(before.id);
  expect(small?.id).toMatch(/^s-[0-9a-f]{12}$/);
  expect(small?.id).not.toBe(before.id);
});

test('of two stories that become one the larger gives its id', () => {
  const small = sampleStory(['a', 'b']);
  const large = sampleStory(['c', 'd', 'e']);
  const [joined] = keepStoryIds([small, large], [sampleStory(['a', 'b', 'c', 'd', 'e'])]);
  expect(joined?.id).toBe(large.id);
});

test('a story that fell into halves leaves its id to neither', () => {
  const before = { ...sampleStory(['a', 'b']), id: 's-000000000000' };
  const halves = keepStoryIds([before], [sampleStory(['a']), sampleStory(['b'])]);
  expect(halves.map(({ id }) => id)).not.toContain(before.id);
});

test('a new story gets its own id', () => {
  const story = sampleStory(['z']);
  expect(keepStoryIds([sampleStory(['a'])], [story])).toEqual([story]);
});
