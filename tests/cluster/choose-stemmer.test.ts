import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import snowball from 'snowball-stemmers';
import { expect, test } from 'vitest';
import { chooseStemmer } from '../../src/cluster/choose-stemmer.ts';

const SEED = join(import.meta.dirname, '..', '..', 'seeds', 'common-words.yaml');
const EXCEPTIONS = 'skis dying idly early only news atlas bias inning canning proceed succeed';

/** Background numbers, lexicons and lessons hold stems: they must stay what they were. */
test('English stems are those of the Snowball algorithm, whoever computes them', () => {
  const words = new Set(`${readFileSync(SEED, 'utf8')} ${EXCEPTIONS}`.match(/[a-z]+/g));
  const { stem } = snowball.newStemmer('english');
  const stemWord = chooseStemmer('en');
  expect(words.size).toBeGreaterThan(1_000);
  expect([...words].filter((word) => stemWord(word) !== stem(word))).toEqual([]);
});

test('in a language without a stemmer a word is its own stem', () => {
  expect(chooseStemmer('ja')('日本')).toBe('日本');
  expect(chooseStemmer('de')('häuser')).toBe('haus');
});
