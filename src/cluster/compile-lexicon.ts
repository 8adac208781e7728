import type { Theme } from '../domain/newsletter.ts';
import { chooseStemmer } from './choose-stemmer.ts';
import { listWords } from './list-words.ts';

/** Words that tell a theme, by theme slug and language; an entry is a word or phrase, or several with commas between. */
export type Lexicon = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** One language's phrases: each a row of stems, and the slugs of the themes it tells. */
export interface PhraseIndex {
  readonly stem: (word: string) => string;
  readonly themesByPhrase: ReadonlyMap<string, ReadonlySet<string>>;
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
  const themesByPhrase = new Map<string, Set<string>>();
  let longest = 0;
  for (const { slug, words } of themes)
    for (const phrase of [...words, ...(lexicon[slug]?.[language] ?? [])].flatMap(splitEntry)) {
      const stems = listWords(phrase).map(stem);
      if (stems.length === 0) continue;
      const key = joinStems(stems);
      themesByPhrase.set(key, (themesByPhrase.get(key) ?? new Set()).add(slug));
      longest = Math.max(longest, stems.length);
    }
  return { stem, themesByPhrase, longest };
}

function splitEntry(entry: string): readonly string[] {
  return entry.split(',');
}
