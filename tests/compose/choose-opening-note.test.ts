import { expect, test } from 'vitest';
import { chooseOpeningNote } from '../../src/compose/choose-opening-note.ts';
import { sampleArticle } from './sample-stories.ts';

const wish = { theme: null, isPinned: false, isOpening: true };

test('the newest of the notes that open an issue is taken, the others wait for nobody', () => {
  const older = sampleArticle({ key: 'a', text: 'Good morning.', wish });
  const publishedAt = '2026-03-02T05:10:00.000Z';
  const newer = sampleArticle({ key: 'b', text: 'Good day.', wish, publishedAt });
  expect(chooseOpeningNote([newer, older, sampleArticle({ key: 'c' })])).toEqual({
    article: 'b',
    text: 'Good day.',
    author: 'Outlet b',
  });
  expect(chooseOpeningNote([sampleArticle({ key: 'c' })])).toBeNull();
});

test('a long note ends after a whole sentence', () => {
  const sentence = 'The sea was calm on Sunday and every ferry came home to its port.';
  const text = Array.from({ length: 30 }, () => sentence).join(' ');
  const note = chooseOpeningNote([sampleArticle({ key: 'a', text, wish })]);
  expect(note?.text).toBe(Array.from({ length: 8 }, () => sentence).join(' '));
});
