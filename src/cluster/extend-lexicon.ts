import { splitWords, type Lexicon } from './compile-lexicon.ts';

/** A lexicon with an owner's words added by theme and language; "-word" takes one out, however strong it was. */
export function extendLexicon(lexicon: Lexicon, own: Lexicon): Lexicon {
  const slugs = new Set([...Object.keys(lexicon), ...Object.keys(own)]);
  return Object.fromEntries(
    [...slugs].map((slug) => [slug, extendTheme(lexicon[slug] ?? {}, own[slug] ?? {})]),
  );
}

type ThemeWords = Lexicon[string];

function extendTheme(words: ThemeWords, own: ThemeWords): ThemeWords {
  const added = Object.entries(own).map(([language, text]) => {
    return [language, extendWords(words[language] ?? '', text)] as const;
  });
  return { ...words, ...Object.fromEntries(added) };
}

function extendWords(words: string, own: string): string {
  const wishes = splitWords(own);
  const gone = new Set(
    wishes.flatMap((word) => (word.startsWith('-') ? nameWord(word.slice(1)) : [])),
  );
  const kept = splitWords(words).filter((word) => !gone.has(nameWord(word)));
  return [...kept, ...wishes.filter((word) => !word.startsWith('-'))].join(', ');
}

/** A word however it is written: a weak sign is the same word. */
function nameWord(word: string): string {
  return word.replace(/^\((.*)\)$/, '$1').toLowerCase();
}
