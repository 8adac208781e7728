import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { assignTheme } from '../../src/cluster/assign-theme.ts';
import { compileLexicon, type Lexicon } from '../../src/cluster/compile-lexicon.ts';
import type { Theme } from '../../src/domain/newsletter.ts';
import { HARBOUR_FIRE, RATE_CUT, sampleArticle } from './sample-articles.ts';

const shipped = parse(readFileSync('seeds/lexicon.yaml', 'utf8')) as Lexicon;
const SLUGS = 'world politics business technology science health sport culture'.split(' ');

function sampleTheme(slug: string, words: readonly string[] = []): Theme {
  return { slug, name: slug[0]?.toUpperCase() + slug.slice(1), words, cap: 4 };
}

const lexicon = compileLexicon(
  SLUGS.map((slug) => sampleTheme(slug)),
  shipped,
);

describe('the shipped lexicon', () => {
  test('has the eight themes, each in four languages', () => {
    expect(Object.keys(shipped)).toEqual(SLUGS);
    for (const slug of SLUGS)
      expect(Object.keys(shipped[slug] ?? {}).sort()).toEqual(['de', 'en', 'es', 'fr']);
  });

  test.each([
    ['en', 'Ceasefire talks resume as troops pull back from the border', 'world'],
    ['en', 'Senate delays vote on the budget bill after filibuster', 'politics'],
    ['en', 'Shares slide as retailer warns on quarterly profits', 'business'],
    ['en', 'New smartphone chip promises faster artificial intelligence', 'technology'],
    ['en', 'Astronomers spot a new planet with the space telescope', 'science'],
    ['en', 'Hospitals see fewer patients with measles after vaccination', 'health'],
    ['en', 'Striker scores twice as the home team reach the cup final', 'sport'],
    ['en', 'Novelist wins the Booker Prize for her third book', 'culture'],
    ['de', 'Der Trainer lobt seine Mannschaft nach dem Sieg im Pokal', 'sport'],
    ['fr', 'Le gouvernement présente sa réforme devant le Sénat', 'politics'],
    ['es', 'La inflación sube y el banco central mantiene los tipos de interés', 'business'],
  ])('in %s: "%s" is %s', (language, title, theme) => {
    const article = sampleArticle({ key: 'x', title, language });
    expect(assignTheme([article], lexicon).theme).toBe(theme);
  });
});

describe('evidence', () => {
  const silent = sampleArticle({ key: 's', title: 'What Ada saw on Sunday' });

  test('without any there is no theme and no confidence', () => {
    expect(assignTheme([silent], lexicon)).toEqual({ theme: null, confidence: 0 });
    expect(assignTheme([], lexicon)).toEqual({ theme: null, confidence: 0 });
  });

  test('a category that names a theme decides', () => {
    const filed = { ...silent, categories: ['Health', 'Region'] };
    expect(assignTheme([filed], lexicon).theme).toBe('health');
  });

  test('a section in the URL tells the theme of a title that tells none', () => {
    const filed = { ...silent, url: 'https://globe.example/sport/tennis/2026/what-ada-saw' };
    expect(assignTheme([filed], lexicon).theme).toBe('sport');
    const slug = {
      ...silent,
      url: 'https://globe.example/2026/why-business-and-sport-mix-so-well',
    };
    expect(assignTheme([slug], lexicon).theme).toBeNull();
  });

  test('a word in brackets is a weaker sign than one without', () => {
    const own = compileLexicon([sampleTheme('sport'), sampleTheme('culture')], {
      sport: { en: ['(match), striker'] },
      culture: { en: ['match'] },
    });
    const match = sampleArticle({ key: 'm', title: 'A match' });
    const striker = sampleArticle({ key: 'n', title: 'A match, a striker' });
    expect(assignTheme([match], own).theme).toBe('culture');
    expect(assignTheme([striker], own).theme).toBe('sport');
  });

  test('a feed leans, and clear words outweigh it', () => {
    expect(assignTheme([{ ...silent, themeHint: 'sport' }], lexicon).theme).toBe('sport');
    expect(assignTheme([{ ...RATE_CUT, themeHint: 'sport' }], lexicon).theme).toBe('business');
  });

  test('words for many themes in equal parts leave it open', () => {
    const torn = sampleArticle({ key: 't', title: 'Hospital, senate, smartphone, novelist' });
    expect(assignTheme([torn], lexicon).theme).toBeNull();
  });

  test('more of the same makes it surer, never beyond 1', () => {
    const one = assignTheme([sampleArticle({ key: 'a', title: 'A vaccine' })], lexicon);
    const more = sampleArticle({ key: 'b', title: 'A vaccine, a hospital, a nurse and a patient' });
    const many = assignTheme([more], lexicon);
    expect(many.confidence).toBeGreaterThan(one.confidence);
    expect(many.confidence).toBeLessThanOrEqual(1);
  });
});

describe("an owner's own theme", () => {
  const harbour = sampleTheme('harbour', ['harbour', 'container ship']);

  test('is found by its words, phrases and plurals, in a language without a lexicon too', () => {
    const own = compileLexicon([harbour], {});
    expect(assignTheme([HARBOUR_FIRE], own).theme).toBe('harbour');
    const dutch = sampleArticle({ key: 'nl', title: 'Container ship vast', language: 'nl' });
    expect(assignTheme([dutch], own).theme).toBe('harbour');
  });

  test('stands next to the shipped ones', () => {
    const both = compileLexicon([harbour, sampleTheme('business')], shipped);
    const ships = sampleArticle({ key: 'c', title: 'Two container ships aground' });
    expect(assignTheme([ships], both).theme).toBe('harbour');
    expect(assignTheme([RATE_CUT], both).theme).toBe('business');
  });
});
