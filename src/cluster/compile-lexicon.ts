import { MAIN_THEMES, REGION_THEMES } from '../domain/main-themes.ts';
import type { Theme } from '../domain/newsletter.ts';
import { chooseStemmer } from './choose-stemmer.ts';
import { listStopWords } from './list-stop-words.ts';
import { listWords } from './list-words.ts';

/** What a weak sign counts, where an ordinary word counts 1. */
const WEAK = 0.35;
/** Names that are the same everywhere. */
const ANY_LANGUAGE = 'any';
/** Themes that regions take the place of. */
const ABROAD = ['world', 'politics'];

/** Words that tell a theme, by theme slug and language: words and phrases with commas or line ends between, one in brackets a weak sign; a line that begins with # is a remark. */
export type Lexicon = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** How much each theme, by its place in the list of slugs, gains from a phrase. */
type ThemeShares = readonly (readonly [theme: number, share: number])[];

/** One language's phrases: each a row of stems, and the themes it tells. */
export interface PhraseIndex {
  readonly language: string;
  readonly stem: (word: string) => string;
  readonly isStopWord: (word: string) => boolean;
  /** True of a stop word that only has the stem of a listed word: Spanish "para" is not "paro", out of work. */
  readonly isMistakable: (word: string) => boolean;
  readonly sharesByPhrase: ReadonlyMap<string, ThemeShares>;
  /** Words in the longest phrase, by its first word. */
  readonly longestByFirst: ReadonlyMap<string, number>;
}

/** A lexicon ready to look words up in, for the themes of one newsletter. */
export interface CompiledLexicon {
  /** The themes that may be assigned, then their rivals: main themes the newsletter has no section for. */
  readonly slugs: readonly string[];
  /** How many of the slugs may be assigned. */
  readonly assignable: number;
  /** Place of a theme by its own slug and name in small letters, as feeds' categories may give them. */
  readonly placeByName: ReadonlyMap<string, number>;
  /** The phrases of a language; of one the lexicon does not have, the themes' own words. */
  readonly chooseIndex: (language: string | null) => PhraseIndex;
}

/** Prepares a newsletter's themes, each with its own words in every language, for `assignThemes`; do it once per newsletter. */
export function compileLexicon(themes: readonly Theme[], lexicon: Lexicon): CompiledLexicon {
  const named = themes.map(({ slug }) => slug);
  const rivals = listRivals(named).filter((slug) => lexicon[slug] !== undefined);
  const all = [...themes, ...rivals.map((slug) => ({ slug, name: slug, words: [] }))];
  const indexes = new Map<string, PhraseIndex>();
  return {
    slugs: all.map(({ slug }) => slug),
    assignable: themes.length,
    placeByName: new Map(
      all.flatMap(({ slug, name }, place) => [
        [name.toLowerCase(), place] as const,
        [slug, place] as const,
      ]),
    ),
    // Stemming a language's words takes a tenth of a second, and most mornings need one language.
    chooseIndex: (given) => {
      const language = given ?? 'en';
      const index = indexes.get(language) ?? indexPhrases(all, lexicon, language);
      indexes.set(language, index);
      return index;
    },
  };
}

function listRivals(named: readonly string[]): readonly string[] {
  const hasRegions = named.some((slug) => REGION_THEMES.includes(slug));
  return MAIN_THEMES.filter(
    (slug) => !named.includes(slug) && !(hasRegions && ABROAD.includes(slug)),
  );
}

/** The row of stems by which a phrase is found. */
export function joinStems(stems: readonly string[]): string {
  return stems.join(' ');
}

function indexPhrases(
  themes: readonly Pick<Theme, 'slug' | 'words'>[],
  lexicon: Lexicon,
  language: string,
): PhraseIndex {
  const stem = chooseStemmer(language);
  const strengths = new Map<string, Map<number, number>>();
  const longestByFirst = new Map<string, number>();
  const listed = new Set<string>();
  for (const [place, { slug, words }] of themes.entries())
    for (const phrase of [...words.flatMap(splitWords), ...listWordsOf(lexicon[slug], language)]) {
      const written = listWords(phrase);
      const stems = written.map(stem);
      const [first] = stems;
      if (first === undefined) continue;
      listed.add(written.join(' '));
      const key = joinStems(stems);
      const known = strengths.get(key) ?? new Map<number, number>();
      const strength = phrase.startsWith('(') ? WEAK : 1;
      strengths.set(key, known.set(place, Math.max(strength, known.get(place) ?? 0)));
      longestByFirst.set(first, Math.max(stems.length, longestByFirst.get(first) ?? 0));
    }
  const stops = new Set(listStopWords(language));
  return {
    language,
    stem,
    isStopWord: (word) => stops.has(word),
    isMistakable: (word) => stops.has(word) && !listed.has(word),
    sharesByPhrase: new Map([...strengths].map(([phrase, of]) => [phrase, divideShares(of)])),
    longestByFirst,
  };
}

function listWordsOf(words: Lexicon[string] = {}, language: string): readonly string[] {
  return [ANY_LANGUAGE, language].flatMap((of) => splitWords(words[of] ?? ''));
}

/** A phrase of several themes counts for each of them the less. */
function divideShares(strengths: ReadonlyMap<number, number>): ThemeShares {
  return [...strengths].map(([theme, strength]) => [theme, strength / strengths.size] as const);
}

/** The words and phrases of a lexicon's text, brackets and all. */
export function splitWords(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
