import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/cluster/apply-edits.ts';
import { makeStory } from '../../src/cluster/make-story.ts';
import type { Candidate } from '../../src/domain/article.ts';
import type { Edit, EditCommand } from '../../src/domain/edit.ts';
import type { Story } from '../../src/domain/story.ts';
import { sampleArticle } from './sample-articles.ts';

const THEMES = ['world', 'sport'];

/** One article for every letter. */
function readArticles(letters: string): ReadonlyMap<string, Candidate> {
  return new Map([...letters].map((key) => [key, sampleArticle({ key })]));
}

/** "abc de" is a story of three articles and one of two. */
function readStories(text: string): readonly Story[] {
  return text.split(' ').map((letters) => {
    const articles = [...letters].map((key) => sampleArticle({ key }));
    return { ...makeStory(articles, []), id: `s-${letters}` };
  });
}

function readLog(commands: readonly EditCommand[]): readonly Edit[] {
  return commands.map((command, place) => ({
    number: place + 1,
    at: '2026-03-09T05:00:00.000Z',
    who: 'ada',
    about: 'a story',
    command,
  }));
}

function edit(stories: string, ...commands: readonly EditCommand[]) {
  const context = { articles: readArticles(stories.replaceAll(' ', '')), themes: THEMES };
  return applyEdits(readStories(stories), readLog(commands), context);
}

/** The articles of every story, as letters in order. */
function spell(edited: { stories: readonly Story[] }): string {
  return edited.stories.map(({ articles }) => [...articles].sort().join('')).join(' ');
}

describe('applyEdits', () => {
  test('joins the stories that an editor merged, under the id of the first', () => {
    const merged = edit('abc de f', { kind: 'merge', stories: [['d', 'e'], ['f']] });
    expect(spell(merged)).toBe('abc def');
    expect(merged.stories[1]).toMatchObject({ id: 's-de', independent: 3 });
  });

  test('gives articles that were split off a story of their own', () => {
    const split = edit('abc de', { kind: 'split', articles: ['b', 'c'] });
    expect(spell(split)).toBe('a de bc');
    expect(new Set(split.stories.map(({ id }) => id)).size).toBe(3);
    expect(split.stories[0]?.id).toBe('s-abc');
  });

  test('leaves alone what is a story of its own already', () => {
    const split = edit('bc a', { kind: 'split', articles: ['b', 'c'] });
    expect(split).toMatchObject({ stories: readStories('bc a'), conflicts: [] });
  });

  test('keeps merged what the clustering dealt out anew meanwhile', () => {
    const merge: EditCommand = {
      kind: 'merge',
      stories: [
        ['a', 'b', 'c'],
        ['d', 'e'],
      ],
    };
    expect(spell(edit('abx c de fg', merge))).toBe('abcdex fg');
  });

  test('finds a story by most of its articles, and the lead decides between equals', () => {
    const drop: EditCommand = { kind: 'drop', articles: ['a', 'b', 'c'] };
    expect([...edit('ax bc', drop).overrides.keys()]).toEqual(['s-bc']);
    expect([...edit('xb ay', { ...drop, articles: ['a', 'b'] }).overrides.keys()]).toEqual([
      's-ay',
    ]);
  });

  test('says which edit found nothing left of its story, and does the others', () => {
    const edited = edit(
      'ab c',
      { kind: 'drop', articles: ['z'] },
      { kind: 'move', articles: ['c'], theme: 'sport' },
      { kind: 'merge', stories: [['a', 'b'], ['z']] },
      { kind: 'move', articles: ['a'], theme: 'opera' },
    );
    expect(edited.conflicts).toEqual([
      { edit: 1, reason: 'None of its articles is here any more.' },
      { edit: 3, reason: '1 of its 2 stories have no article left.' },
      { edit: 4, reason: 'The newsletter has no theme "opera" any more.' },
    ]);
    expect(edited.overrides.get('s-c')?.theme).toBe('sport');
  });

  test('does nothing more to a story that was dropped, and says so', () => {
    const edited = edit(
      'ab c',
      { kind: 'drop', articles: ['a', 'b'] },
      { kind: 'pin', articles: ['b'], isFirst: true, theme: null },
      { kind: 'merge', stories: [['c'], ['a']] },
    );
    const reason = 'Its story was dropped by edit 1.';
    expect(edited.conflicts).toEqual([2, 3].map((number) => ({ edit: number, reason })));
    expect(edited.overrides.get('s-ab')).toMatchObject({ isDropped: true, pin: null });
  });

  test('has one big story: the one pinned there last', () => {
    const pin = (key: string): EditCommand => ({
      kind: 'pin',
      articles: [key],
      isFirst: true,
      theme: null,
    });
    const { overrides } = edit('ab c', pin('a'), pin('c'));
    expect([...overrides].map(([id, { pin: place }]) => [id, place])).toEqual([
      ['s-ab', 'section'],
      ['s-c', 'lead'],
    ]);
  });

  test('keeps the headline of one rewriting and the summary of another', () => {
    const { overrides } = edit(
      'ab',
      { kind: 'rewrite', articles: ['a'], headline: 'Quay burns', summary: null },
      { kind: 'rewrite', articles: ['b'], headline: null, summary: 'It burned.' },
    );
    const kept = { headline: 'Quay burns', summary: 'It burned.', edits: [1, 2] };
    expect(overrides.get('s-ab')).toMatchObject(kept);
  });

  test('does again what an undo undid once that is undone', () => {
    const drop: EditCommand = { kind: 'drop', articles: ['a'] };
    const undo = (number: number): EditCommand => ({ kind: 'undo', edit: number });
    expect(edit('a b', drop, undo(1)).overrides.size).toBe(0);
    expect(edit('a b', drop, undo(1), undo(2)).overrides.get('s-a')?.isDropped).toBe(true);
    expect(edit('a b', drop, undo(1), undo(2), undo(3)).overrides.size).toBe(0);
  });
});

describe('whatever an editor does', () => {
  const LETTERS = 'abcdefghij';
  const keys = fc.uniqueArray(fc.constantFrom(...LETTERS, 'gone'), { minLength: 1, maxLength: 5 });
  const theme = fc.constantFrom('world', 'opera');
  const command: fc.Arbitrary<EditCommand> = fc.oneof(
    fc.record({
      kind: fc.constant('pin' as const),
      articles: keys,
      isFirst: fc.boolean(),
      theme: fc.option(theme, { nil: null }),
    }),
    fc.record({ kind: fc.constant('drop' as const), articles: keys }),
    fc.record({ kind: fc.constant('move' as const), articles: keys, theme }),
    fc.record({
      kind: fc.constant('merge' as const),
      stories: fc.array(keys, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('split' as const), articles: keys }),
    fc.record({
      kind: fc.constant('rewrite' as const),
      articles: keys,
      headline: fc.option(fc.string()),
      summary: fc.option(fc.string()),
    }),
    fc.record({ kind: fc.constant('undo' as const), edit: fc.integer({ min: 1, max: 12 }) }),
  );
  /** Any way to put the letters into stories. */
  const clustering = fc
    .array(fc.integer({ min: 0, max: 4 }), { minLength: LETTERS.length, maxLength: LETTERS.length })
    .map((places) => {
      const groups = Map.groupBy([...LETTERS], (_, index) => places[index]);
      return readStories([...groups.values()].map((group) => group.join('')).join(' '));
    });
  const context = { articles: readArticles(LETTERS), themes: THEMES };

  test('every article stays in exactly one story, and no two stories share an id', () => {
    fc.assert(
      fc.property(clustering, fc.array(command, { maxLength: 12 }), (stories, commands) => {
        const edited = applyEdits(stories, readLog(commands), context);
        expect(edited.stories.flatMap(({ articles }) => articles).toSorted()).toEqual([...LETTERS]);
        expect(new Set(edited.stories.map(({ id }) => id)).size).toBe(edited.stories.length);
        expect(edited.stories.every(({ lead, articles }) => articles[0] === lead)).toBe(true);
        const ids = new Set(edited.stories.map(({ id }) => id));
        expect([...edited.overrides.keys()].filter((id) => !ids.has(id))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('undoing everything is as if nothing had been done', () => {
    fc.assert(
      fc.property(clustering, fc.array(command, { maxLength: 8 }), (stories, commands) => {
        // The newest first, as `undo` alone does; what is undone already needs no other undo.
        const undos = commands.map((_, place): EditCommand => {
          return { kind: 'undo', edit: commands.length - place };
        });
        const kept = commands.filter(({ kind }) => kind !== 'undo');
        const all = [...kept, ...undos.slice(commands.length - kept.length)];
        expect(applyEdits(stories, readLog(all), context)).toEqual({
          stories,
          overrides: new Map(),
          conflicts: [],
        });
      }),
    );
  });
});
