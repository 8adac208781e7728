import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { assignThemes, type ThemeAssignment } from '../../src/cluster/assign-theme.ts';
import {
  compileLexicon,
  type CompiledLexicon,
  type Lexicon,
} from '../../src/cluster/compile-lexicon.ts';
import { extendLexicon } from '../../src/cluster/extend-lexicon.ts';
import { learnThemes } from '../../src/cluster/learn-themes.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { MAIN_THEMES, REGION_THEMES } from '../../src/domain/main-themes.ts';
import type { Theme } from '../../src/domain/newsletter.ts';
import { HARBOUR_FIRE, RATE_CUT, sampleArticle } from './sample-articles.ts';

const shipped = parse(readFileSync('seeds/lexicon.yaml', 'utf8')) as Lexicon;

function sampleTheme(slug: string, words: readonly string[] = []): Theme {
  return { slug, name: slug[0]?.toUpperCase() + slug.slice(1), words, cap: 4 };
}

/** The theme of one story with nobody to learn from. */
function assignTheme(articles: readonly Candidate[], own: CompiledLexicon): ThemeAssignment {
  return assignThemes([articles], own)[0]!;
}

const lexicon = compileLexicon(
  MAIN_THEMES.map((slug) => sampleTheme(slug)),
  shipped,
);

describe('the shipped lexicon', () => {
  test('has the main themes, each in twelve languages, and the regions', () => {
    expect(Object.keys(shipped)).toEqual([...MAIN_THEMES, ...REGION_THEMES]);
    const languages = 'any ar de en es fr it nl pt ru sv tr'.split(' ');
    for (const slug of MAIN_THEMES)
      expect(Object.keys(shipped[slug] ?? {}).sort()).toEqual(languages);
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
    ['it', 'Il governo presenta la riforma al Senato', 'politics'],
    ['pt', 'Cientistas descobrem nova espécie na Amazônia', 'science'],
    ['nl', 'Ziekenhuis behandelt meer patiënten met griep', 'health'],
    ['sv', 'Regeringen lägger fram nytt lagförslag i riksdagen', 'politics'],
    ['tr', 'Merkez bankası faiz kararını açıkladı', 'business'],
    ['ru', 'Сборная выиграла матч в финале чемпионата', 'sport'],
    ['ar', 'البنك المركزي يرفع أسعار الفائدة', 'business'],
    ['fi', 'Real Madrid voitti, Mbappé teki kolme', 'sport'],
    ['de', 'Der Trainer lobt seine Mannschaft nach dem Sieg im Pokal', 'sport'],
    ['fr', 'Le gouvernement présente sa réforme devant le Sénat', 'politics'],
    ['es', 'La inflación sube y el banco central mantiene los tipos de interés', 'business'],
  ])('in %s: "%s" is %s', (language, title, theme) => {
    const article = sampleArticle({ key: 'x', title, language });
    expect(assignTheme([article], lexicon).theme).toBe(theme);
  });

  test.each([
    ['en', 'Authorities received friends of the unit, declared it important and closed up'],
    ['de', 'Es war schon immer so, sondern man mag es und werden es mal'],
    ['fr', 'Les gens étaient environ dix et ce sera important'],
    ['es', 'Las autoridades dicen que ha sido para esa señora'],
    ['pt', 'Entre nas casas'],
  ])('in %s common words are no sign: "%s"', (language, title) => {
    const article = sampleArticle({ key: 'x', title, language, url: null });
    expect(assignTheme([article], lexicon).confidence).toBeLessThan(0.35);
  });
});

describe('evidence', () => {
  const silent = sampleArticle({ key: 's', title: 'What Ada saw on Sunday' });

  test('without any the guess is the world, and says how unsure it is', () => {
    for (const articles of [[silent], []]) {
      const { theme, confidence } = assignTheme(articles, lexicon);
      expect(theme).toBe('world');
      expect(confidence).toBeLessThan(0.35);
    }
  });

  test('a newsletter without themes gets none', () => {
    expect(assignTheme([RATE_CUT], compileLexicon([], shipped)).theme).toBeNull();
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
    expect(assignTheme([slug], lexicon).confidence).toBeLessThan(0.35);
  });

  test('a word in brackets is a weaker sign than one without', () => {
    const own = compileLexicon([sampleTheme('sport'), sampleTheme('culture')], {
      sport: { en: '(match), striker' },
      culture: { en: '# a remark: striker\nmatch' },
    });
    const match = sampleArticle({ key: 'm', title: 'A match' });
    const striker = sampleArticle({ key: 'n', title: 'A match, a striker' });
    expect(assignTheme([match], own).theme).toBe('culture');
    expect(assignTheme([striker], own).theme).toBe('sport');
  });

  test('a common word that shares the stem of a listed one is no sign', () => {
    const own = compileLexicon([sampleTheme('business'), sampleTheme('culture')], {
      business: { es: 'paro' },
      culture: { es: 'museo' },
    });
    const tell = (title: string) => sampleArticle({ key: title, title, language: 'es' });
    const nothing = assignTheme([tell('Algo')], own).confidence;
    expect(assignTheme([tell('Algo para Ada')], own).confidence).toBe(nothing);
    expect(assignTheme([tell('El paro sube')], own).confidence).toBeGreaterThan(nothing);
  });

  test('a feed leans, and clear words outweigh it', () => {
    expect(assignTheme([{ ...silent, themeHint: 'sport' }], lexicon).theme).toBe('sport');
    expect(assignTheme([{ ...RATE_CUT, themeHint: 'sport' }], lexicon).theme).toBe('business');
  });

  test('words for many themes in equal parts leave it open', () => {
    const torn = sampleArticle({ key: 't', title: 'Hospital, senate, smartphone, novelist' });
    expect(assignTheme([torn], lexicon).confidence).toBeLessThan(0.5);
  });

  test('more of the same makes it surer, never beyond 1', () => {
    const one = assignTheme([sampleArticle({ key: 'a', title: 'A vaccine' })], lexicon);
    const more = sampleArticle({ key: 'b', title: 'A vaccine, a hospital, a nurse and a patient' });
    const many = assignTheme([more], lexicon);
    expect(many.confidence).toBeGreaterThan(one.confidence);
    expect(many.confidence).toBeLessThanOrEqual(1);
  });
});

describe('the stories of a morning', () => {
  const tell = (title: string) => [sampleArticle({ key: title, title })];
  const unknown = tell('Quillball heroes welcomed home');
  const company = [
    tell('Quillball striker scores twice'),
    tell('Quillball coach praises the players'),
    tell('Quillball tournament reaches the semi-final'),
  ];

  test('teach each other words that no lexicon has', () => {
    const alone = assignThemes([unknown], lexicon)[0]!;
    const among = assignThemes([unknown, ...company], lexicon)[0]!;
    expect(alone.theme).toBe('world');
    expect(among.theme).toBe('sport');
    expect(among.confidence).toBeGreaterThan(alone.confidence);
  });

  test('teach nothing across languages', () => {
    const french = unknown.map((article) => ({ ...article, language: 'fr' }));
    expect(assignThemes([french, ...company], lexicon)[0]!.theme).toBe('world');
  });

  test('of a rare theme need better evidence, when very many others say how rare it is', () => {
    const doubtful = tell('A festival by the river');
    const many = Array.from({ length: 1_500 }, (_, place) => tell(`Striker ${place}`));
    const alone = assignThemes([doubtful, ...many.slice(0, 20)], lexicon)[0]!;
    const among = assignThemes([doubtful, ...many], lexicon)[0]!;
    expect(alone.theme).toBe('culture');
    expect(among.confidence).toBeLessThan(alone.confidence);
  });

  test('may come in any order', () => {
    const stories = [unknown, ...company];
    const there = assignThemes(stories, lexicon).map(({ theme }) => theme);
    const back = assignThemes(stories.toReversed(), lexicon).map(({ theme }) => theme);
    expect(back.toReversed()).toEqual(there);
  });
});

describe("an editor's move", () => {
  const dredging = {
    title: 'Harbour dredging begins after years of silt',
    summary: 'Dredging of the harbour began on Monday; the port company pays for the ships.',
    language: 'en',
    from: 'business',
    to: 'science',
  };
  const lessons = learnThemes([dredging], lexicon);
  const tomorrow = sampleArticle({
    key: 'd',
    title: 'Harbour dredging halted by storm, company says',
    summary: 'The ships that dredge the harbour stay in port; the silt will wait.',
  });
  const plain = (article: Candidate) => assignThemes([[article]], lexicon)[0]!;
  const taught = (article: Candidate) => assignThemes([[article]], lexicon, lessons)[0]!;

  test('moves a story like it', () => {
    expect(plain(tomorrow).theme).toBe('business');
    expect(taught(tomorrow).theme).toBe('science');
  });

  test('leaves the rest of the theme alone', () => {
    expect(taught(RATE_CUT)).toEqual(plain(RATE_CUT));
    const ships = sampleArticle({ key: 'p', title: 'Shipping company profits rise at the port' });
    expect(taught(ships)).toEqual(plain(ships));
  });

  test('however often, ends below what all words together can say', () => {
    const often = learnThemes(
      Array.from({ length: 500 }, () => dredging),
      lexicon,
    );
    const [assigned] = assignThemes([[tomorrow]], lexicon, often);
    expect(assigned?.theme).toBe('science');
    const filed = { ...tomorrow, title: 'Harbour', categories: ['Sport', 'Sport', 'Sport'] };
    expect(assignThemes([[filed]], lexicon, often)[0]?.theme).toBe('sport');
  });
});

describe("an owner's words", () => {
  const goal = sampleArticle({ key: 'g', title: 'A quillball' });

  test('are added to a theme, and those with a hyphen taken out', () => {
    const base = { sport: { en: 'striker, (match)' }, culture: { en: 'opera' } };
    const own = { sport: { en: 'quillball, -match, -Striker' }, harbour: { en: 'silt' } };
    expect(extendLexicon(base, own)).toEqual({
      sport: { en: 'quillball' },
      culture: { en: 'opera' },
      harbour: { en: 'silt' },
    });
  });

  test('tell a theme like the shipped ones', () => {
    const own = extendLexicon(shipped, { sport: { en: 'quillball' } });
    const themes = MAIN_THEMES.map((slug) => sampleTheme(slug));
    expect(assignTheme([goal], lexicon).theme).toBe('world');
    expect(assignTheme([goal], compileLexicon(themes, own)).theme).toBe('sport');
  });
});

describe('regions', () => {
  const named = compileLexicon(
    ['europe', 'asia', 'business'].map((slug) => sampleTheme(slug)),
    shipped,
  );

  test('sort the world by place when a newsletter names them', () => {
    const quake = sampleArticle({
      key: 'q',
      title: 'Ceasefire talks resume near Kabul, Afghanistan',
    });
    expect(assignTheme([quake], named).theme).toBe('asia');
    expect(assignTheme([quake], lexicon).theme).toBe('world');
    expect(assignTheme([RATE_CUT], named).theme).toBe('business');
  });
});

describe('a newsletter of few themes', () => {
  const few = compileLexicon([sampleTheme('business'), sampleTheme('technology')], shipped);

  test('is sure of what is its own, and unsure of what is not', () => {
    expect(assignTheme([RATE_CUT], few).theme).toBe('business');
    expect(assignTheme([RATE_CUT], few).confidence).toBeGreaterThan(0.6);
    const match = sampleArticle({ key: 'm', title: 'Striker scores in the cup final' });
    expect(assignTheme([match], few).confidence).toBeLessThan(0.5);
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
