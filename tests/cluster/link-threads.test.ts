import { describe, expect, test } from 'vitest';
import { findThreads } from '../../src/cluster/find-threads.ts';
import { linkThreads, type Linkable } from '../../src/cluster/link-threads.ts';
import { sampleArticle } from './sample-articles.ts';

const NONE = new Map();

const SINKING = sampleStory({
  id: 'sinking',
  date: '2026-03-02',
  title: 'Ferry Aurora sinks off Port Alder with 17 dead',
  text: 'The ferry Aurora sank in a storm off Port Alder on Sunday night and 17 people drowned.',
});
const TOLL = sampleStory({
  id: 'toll',
  date: '2026-03-03',
  title: 'Toll of the Aurora ferry rises to 19',
  text: 'Divers off Port Alder found two more bodies in the wreck of the ferry Aurora.',
});
const BUDGET = sampleStory({
  id: 'budget',
  date: '2026-03-03',
  title: 'Parliament passes the budget after a night of talks',
  text: 'Ministers praised the vote, and growers complained about taxes on diesel.',
});

function sampleStory(given: Pick<Linkable, 'id' | 'date' | 'title' | 'text'>): Linkable {
  return { thread: null, language: 'en', ...given };
}

describe('threads', () => {
  test('go on where a story follows another of the days before, and begin where none does', () => {
    const threads = linkThreads([TOLL, BUDGET, SINKING], NONE);
    expect(Object.fromEntries(threads)).toEqual({
      sinking: 'sinking',
      toll: 'sinking',
      budget: 'budget',
    });
  });

  test('keep the name they have, over a chain of days', () => {
    const inquiry = sampleStory({
      id: 'inquiry',
      date: '2026-03-06',
      title: 'Captain of the ferry Aurora arrested in Port Alder',
      text: 'Police arrested the captain of the Aurora, which sank off Port Alder.',
    });
    const threads = linkThreads([{ ...SINKING, thread: 't-1' }, TOLL, inquiry], NONE);
    expect([threads.get('toll'), threads.get('inquiry')]).toEqual(['t-1', 't-1']);
  });

  test('end after two weeks, and never join stories of one day or of two languages', () => {
    const late = { ...TOLL, date: '2026-03-20' };
    expect(linkThreads([SINKING, late], NONE).get('toll')).toBe('toll');
    const sameDay = { ...TOLL, date: SINKING.date };
    expect(linkThreads([SINKING, sameDay], NONE).get('toll')).toBe('toll');
    const foreign = { ...TOLL, language: 'de' };
    expect(linkThreads([SINKING, foreign], NONE).get('toll')).toBe('toll');
  });

  test('gather what is like a story of today that goes on, though no longer like what was told before', () => {
    const search = sampleStory({
      id: 'search',
      date: '2026-03-03',
      title: 'Divers found two more bodies in the wreck',
      text: 'The two bodies were found by divers in the wreck, and more may follow.',
    });
    expect(linkThreads([SINKING, search], NONE).get('search')).toBe('search');
    expect(linkThreads([SINKING, search, TOLL], NONE).get('search')).toBe('sinking');
  });

  test('take articles without a word or a date of sense', () => {
    const empty = sampleStory({ id: 'empty', date: '', title: '', text: '' });
    const threads = linkThreads([empty, { ...empty, id: 'other', date: '1970-01-01' }], NONE);
    expect([...threads.values()].sort()).toEqual(['empty', 'other']);
  });
});

describe('the threads of a day', () => {
  const article = sampleArticle({ key: 'k', title: TOLL.title, summary: TOLL.text });
  const stories = [
    { id: 's-1', articles: ['k'], lead: 'k', independent: 1, keywords: [] },
  ] as const;
  const day = { date: '2026-03-03', articles: new Map([['k', article]]) };

  test('come with what earlier issues told, never with what a later one did', () => {
    const told = [{ ...SINKING, thread: 't-9' }];
    const links = findThreads(stories, { ...day, told }, NONE);
    expect(links.get('s-1')).toMatchObject({ thread: 't-9', told: [{ title: SINKING.title }] });
    const later = [{ ...SINKING, thread: 't-9', date: '2026-03-04' }];
    expect(findThreads(stories, { ...day, told: later }, NONE).get('s-1')?.told).toEqual([]);
  });

  test('are named after their first story, and never like one that is there', () => {
    expect(findThreads(stories, { ...day, told: [] }, NONE).get('s-1')?.thread).toBe('t-1');
    const told = [{ ...BUDGET, thread: 't-1', date: '2026-03-02' }];
    const link = findThreads(stories, { ...day, told }, NONE).get('s-1');
    expect(link).toEqual({ thread: 't-1-2026-03-03', told: [] });
  });
});
