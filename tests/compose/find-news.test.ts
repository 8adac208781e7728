import { describe, expect, test } from 'vitest';
import { findNews } from '../../src/compose/find-news.ts';
import type { ThreadNews } from '../../src/domain/thread.ts';
import { mapArticles, sampleArticle, sampleStory } from './sample-stories.ts';

const YESTERDAY =
  'The ferry Aurora sank in a storm off Port Alder on Sunday night and 17 people drowned. Rescuers searched the harbour until midnight.';

function judge(today: string, told: readonly string[] = [YESTERDAY]): ThreadNews | undefined {
  const article = sampleArticle({ key: 'a', title: 'Ferry sank off Port Alder', summary: today });
  const story = sampleStory([article]);
  const link = {
    thread: 't-1',
    told: told.map((text) => ({
      thread: 't-1',
      date: '2026-03-01',
      language: 'en',
      title: 'Ferry sank off Port Alder',
      text,
    })),
  };
  const context = { articles: mapArticles([article]), hasHistory: true };
  return findNews([story], new Map([[story.id, link]]), context).get(story.id);
}

describe('what has changed', () => {
  test.each([
    [
      'a figure',
      'In the ferry disaster off Port Alder 19 people drowned, the harbour police said.',
    ],
    ['a stage', 'Police arrested the captain of the ferry Aurora in Port Alder on Monday.'],
    ['a name', 'Divers of Cleo Hartmann pulled the ferry Aurora from the harbour of Port Alder.'],
  ])('is %s that was not told: the sentence that carries it', (_, sentence) => {
    const opening = 'The ferry Aurora sank in a storm off Port Alder on Sunday night.';
    expect(judge(`${opening} ${sentence}`)).toMatchObject({
      thread: 't-1',
      toldOn: '2026-03-01',
      hasNews: true,
      isNew: false,
      sentences: [sentence],
    });
  });

  test('is nothing where the same is told again in other words', () => {
    const again = 'On Sunday night 17 people drowned off Port Alder as the ferry Aurora sank.';
    expect(judge(again)).toMatchObject({ hasNews: false, sentences: [] });
  });

  test('is not a figure of something else, though that is news', () => {
    const other = 'The harbour of Port Alder will pay 300 euros to divers who searched on Sunday.';
    expect(judge(other)).toMatchObject({ hasNews: true, sentences: [] });
  });

  test('is not a year, nor a spelled-out number that was told in digits', () => {
    const told = 'The ferry Aurora sank off Port Alder and 7 people drowned in the storm.';
    const today = 'Seven people drowned off Port Alder when the ferry Aurora sank in 2026.';
    expect(judge(today, [told])).toMatchObject({ hasNews: false });
  });

  test('is looked for in all that the thread told, not in yesterday’s alone', () => {
    const older =
      'Police arrested the captain of the ferry Aurora in Port Alder; 19 people drowned.';
    const today = 'Police arrested the captain of the ferry Aurora, in which 19 people drowned.';
    expect(judge(today, [older, YESTERDAY])).toMatchObject({ hasNews: false });
  });

  test('needs a sentence that stands alone', () => {
    const leaning = 'He said 19 people drowned in the storm off Port Alder on Sunday.';
    expect(judge(leaning)).toMatchObject({ hasNews: true, sentences: [] });
  });
});

test('the first story of a thread is new, but not on the first morning of all', () => {
  const article = sampleArticle({ key: 'a' });
  const story = sampleStory([article]);
  const links = new Map([[story.id, { thread: 't-1', told: [] }]]);
  const find = (hasHistory: boolean) =>
    findNews([story], links, { articles: mapArticles([article]), hasHistory }).get(story.id);
  expect([find(true)?.isNew, find(false)?.isNew]).toEqual([true, false]);
  expect(find(true)).toMatchObject({ toldOn: null, hasNews: true, sentences: [] });
});
