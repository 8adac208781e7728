import { expect, test } from 'vitest';
import { chooseWrittenNumbers, findCountingWords } from '../../src/compose/number-words.ts';
import { parseFigures } from '../../src/compose/parse-figures.ts';

test.each([
  ['en', 'Some forty-two people were hurt.', 42],
  ['de', 'Dabei wurden zweiundvierzig Menschen verletzt.', 42],
  ['fr', 'Quelque quatre-vingts personnes sont blessées.', 80],
  ['pt', 'Ficaram feridas quarenta pessoas.', 40],
  ['it', 'Sono rimaste ferite trenta persone.', 30],
  ['tr', 'Yirmi iki kişi yaralandı.', 22],
  ['sv', 'Tolv personer skadades.', 12],
])('in %s "%s" has a figure of %i', (language, sentence, value) => {
  expect(parseFigures(sentence, language).map((figure) => figure.value)).toEqual([value]);
});

test('what a word counts is the same wherever it is read', () => {
  for (const language of 'en de fr es it pt nl tr az'.split(' ')) {
    const counting = findCountingWords(language);
    const { small, magnitudes } = chooseWrittenNumbers(language);
    for (const [word, value] of counting?.values ?? [])
      expect([word, small.get(word) ?? value]).toEqual([word, value]);
    for (const [word, factor] of counting?.factors ?? [])
      expect([word, magnitudes.get(word.replace('_', ' '))]).toEqual([word, factor]);
  }
});

test('where not all words are known, none is trusted', () => {
  expect(findCountingWords('sv')).toBeNull();
  expect(findCountingWords('fi')).toBeNull();
  expect(chooseWrittenNumbers('fi')).toBe(chooseWrittenNumbers('en'));
});
