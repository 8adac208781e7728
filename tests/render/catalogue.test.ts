import { beforeAll, describe, expect, test } from 'vitest';
import { chooseFurniture, renderCount, type Catalogue } from '../../src/render/catalogue.ts';
import { readTemplates } from '../../src/render/read-templates.ts';
import { TEMPLATES } from './sample-issues.ts';

let catalogues: Readonly<Record<string, Catalogue>>;
beforeAll(async () => {
  ({ catalogues } = await readTemplates(TEMPLATES));
});

const keysOf = (catalogue: Catalogue = {}) =>
  [
    ...new Set(
      Object.keys(catalogue).map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '_*')),
    ),
  ].sort();

test('every catalogue has the same keys', () => {
  expect(Object.keys(catalogues)).toEqual(['ar', 'az', 'de', 'en', 'es', 'fr', 'tr']);
  for (const [language, catalogue] of Object.entries(catalogues))
    expect([language, keysOf(catalogue)]).toEqual([language, keysOf(catalogues['en'])]);
});

test('every catalogue has every plural form its language counts with', () => {
  for (const [language, catalogue] of Object.entries(catalogues)) {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const needed = pluralCategories.filter((form) => form !== 'many' || language === 'ar');
    for (const form of needed) expect(catalogue).toHaveProperty([`stories_${form}`]);
  }
});

test('every place in a phrase is there in every language', () => {
  const placesOf = (text = '') => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
  for (const catalogue of Object.values(catalogues))
    for (const key of ['why', 'imageCredit', 'figureOf', 'stories_other', 'minutes_other'])
      expect(placesOf(catalogue[key])).toEqual(placesOf(catalogues['en']?.[key]));
});

describe('a count', () => {
  const count = (language: string, number: number) =>
    renderCount(chooseFurniture(catalogues, language), 'stories', number);

  test('takes the plural form of its language', () => {
    expect([0, 1, 2].map((n) => count('en', n))).toEqual(['0 stories', '1 story', '2 stories']);
    expect([0, 1, 2].map((n) => count('fr', n))).toEqual(['0 sujet', '1 sujet', '2 sujets']);
    expect([0, 1, 2, 3, 11, 100].map((n) => count('ar', n))).toEqual([
      'لا أخبار',
      'خبر واحد',
      'خبران',
      '3 أخبار',
      '11 خبرًا',
      '100 خبر',
    ]);
    expect(count('tr', 5)).toBe('5 haber');
  });
});

test('a key that a catalogue lacks is taken from English', () => {
  const { words } = chooseFurniture(
    { en: { inBrief: 'In brief', links: 'Links' }, de: { links: 'Verweise' } },
    'de',
  );
  expect(words).toEqual({ inBrief: 'In brief', links: 'Verweise' });
});

test('a language without a catalogue gets English, and says so', () => {
  for (const language of ['pt', 'constructor', ''])
    expect(chooseFurniture(catalogues, language)).toMatchObject({
      language: 'en',
      direction: 'ltr',
    });
});
