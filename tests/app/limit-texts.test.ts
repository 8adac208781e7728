import { expect, test } from 'vitest';
import { limitTexts } from '../../src/app/limit-texts.ts';
import { sampleArticle } from '../compose/sample-stories.ts';

const LONG = sampleArticle({ key: 'long', text: 'x'.repeat(20_000), summary: 'A summary.' });

function countCharacters(copies: number): number {
  const articles = limitTexts(Array.from({ length: copies }, () => LONG));
  return articles.reduce((sum, { text }) => sum + text.length, 0);
}

test('texts are kept as far as they are read, and of many articles less of each', () => {
  expect(countCharacters(1)).toBe(5_000);
  expect(countCharacters(1_000)).toBe(4_000_000);
  expect(countCharacters(10_000)).toBe(10_000_000);
});

test('short articles are left as they are, and no character is cut in two', () => {
  const short = sampleArticle({ key: 'short', text: 'A text.' });
  expect(limitTexts([short])[0]).toBe(short);
  const whole = sampleArticle({ key: 'whole', text: `x${'😀'.repeat(4_000)}` });
  expect(limitTexts([whole])[0]?.text.isWellFormed()).toBe(true);
});
