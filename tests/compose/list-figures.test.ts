import { describe, expect, test } from 'vitest';
import { listFigures } from '../../src/compose/list-figures.ts';

const list = (text: string, language = 'en') =>
  listFigures(text, language).map(({ value, unit }) => `${value}${unit}`);

describe('one number, however it is written', () => {
  test.each([
    ['en', ['$1.9bn', 'US$1.9 billion', '1.9 billion dollars', '$1,900 million'], '1900000000$'],
    ['en', ['25 people', 'twenty-five people', 'twenty five people', '٢٥', '２５'], '25'],
    ['en', ['5%', '5 percent', '5 per cent', 'five percent'], '5%'],
    ['en', ['12,500 homes', '12 500 homes', '12.5 thousand homes', '12.5k'], '12500'],
    ['de', ['1.900 Menschen', '1900 Menschen', '1,9 Tausend'], '1900'],
    ['de', ['1,9 Milliarden Euro', '1,9 Mrd. Euro'], '1900000000€'],
    ['fr', ['12 500 personnes', '12\u202f500 personnes'], '12500'],
    ['es', ['cinco mil millones', '5.000 millones'], '5000000000'],
    ['tr', ['%5', 'yüzde 5', 'yüzde beş'], '5%'],
    ['tr', ['yirmi beş', '25'], '25'],
    ['ar', ['١٢ شخصا', '12 شخصا'], '12'],
  ] as const)('%s: %j', (language, texts, figure) => {
    for (const text of texts) expect([text, list(text, language)[0]]).toEqual([text, figure]);
  });
});

test('what looks alike is not the same', () => {
  expect(list('5 percentage points')).toEqual(['5pp']);
  expect(list('$5 and €5 and 5')).toEqual(['5$', '5€', '5']);
  expect(list('-5 and 5')).toEqual(['-5', '5']);
  expect(list('1,900 in English')).toEqual(['1900']);
  expect(list('1,900 auf Deutsch', 'de')).toEqual(['1.9']);
  expect(list('a billion', 'en')).toEqual([]);
  expect(list('3 Billionen', 'de')).toEqual(['3000000000000']);
});

test('words of number that are one long word are found, though not reckoned', () => {
  expect(list('fünfundzwanzig Tote', 'de')).toEqual(['fünfundzwanzig']);
  expect(list('veinticinco muertos', 'es')).toEqual(['veinticinco']);
  expect(list('½ of it')).toEqual(['½']);
});
