import type { Theme } from '../domain/newsletter.ts';
import { chooseStemmer } from './choose-stemmer.ts';
import { listWords } from './list-words.ts';

/** What a weak sign counts, where an ordinary word counts 1. */
const WEAK = 0.5;

/** Words that tell a theme, by theme slug and language; an entry is a word or phrase, or several with commas between; one in brackets is a weak sign. */
export type Lexicon = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** How much each theme, by its slug, gains from a phrase. */
export type ThemeShares = ReadonlyMap<string, number>;

/** One language's phrases: each a row of stems, and the themes it tells. */
export interface PhraseIndex {
  readonly stem: (word: string) => string;
  readonly sharesByPhrase: ReadonlyMap<string, ThemeShares>;
  /** Words in the longest phrase. */
  readonly longest: number;
}

/** A lexicon ready to look words up in, for the themes of one newsletter. */
export interface CompiledLexicon {
  /** Theme slug by its own slug and name in small letters, as feeds' categories may give them. */
  readonly slugByName: ReadonlyMap<string, string>;
  readonly indexes: ReadonlyMap<string, PhraseIndex>;
  /** For articles in a language the lexicon does not have: the themes' own words only. */
  readonly fallback: PhraseIndex;
}

/** Prepares a newsletter's themes, each with its own words in every language, for `assignTheme`; do it once per newsletter. */
export function compileLexicon(themes: readonly Theme[], lexicon: Lexicon): CompiledLexicon {
  const languages = new Set(themes.flatMap(({ slug }) => Object.keys(lexicon[slug] ?? {})));
  return {
    slugByName: new Map(
      themes.flatMap(({ slug, name }) => [
        [name.toLowerCase(), slug],
        [slug, slug],
      ]),
    ),
    indexes: new Map(
      [...languages].map((language) => [language, indexPhrases(themes, lexicon, language)]),
    ),
    fallback: indexPhrases(themes, lexicon, 'und'),
  };
}

/** The row of stems by which a phrase is found. */
export function joinStems(stems: readonly string[]): string {
  return stems.join(' ');
}

function indexPhrases(themes: readonly Theme[], lexicon: Lexicon, language: string): PhraseIndex {
  const stem = chooseStemmer(language);
  const sharesByPhrase = new Map<string, Map<string, number>>();
  let longest = 0;
  for (const { slug, words } of themes)
    for (const phrase of [...words, ...(lexicon[slug]?.[language] ?? [])].flatMap(splitEntry)) {
      const stems = listWords(phrase).map(stem);
      if (stems.length === 0) continue;
      const key = joinStems(stems);
      const shares = sharesByPhrase.get(key) ?? new Map<string, number>();
      const strength = phrase.trim().startsWith('(') ? WEAK : 1;
      sharesByPhrase.set(key, shares.set(slug, Math.max(strength, shares.get(slug) ?? 0)));
      longest = Math.max(longest, stems.length);
    }
  return { stem, sharesByPhrase: new Map([...sharesByPhrase].map(divideShares)), longest };
}

/** A phrase of several themes counts for each of them the less. */
function divideShares([phrase, shares]: readonly [string, ThemeShares]): readonly [
  string,
  ThemeShares,
] {
  const divided = [...shares].map(([slug, share]) => [slug, share / shares.size] as const);
  return [phrase, new Map(divided)];
}

function splitEntry(entry: string): readonly string[] {
  return entry.split(',');
}
