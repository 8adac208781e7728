import { chooseStemmer } from './choose-stemmer.ts';
import { listWords } from './list-words.ts';

/** Words that most news has, by language and by how many articles it takes until one of them has the word. */
export type CommonWords = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The share of articles, 0 to 1, that have a stem, by language. A stem it does not have is rare. */
export type Background = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Prepares lists of common words for `clusterArticles`; a line of them holds several, with blanks between. */
export function compileBackground(lists: CommonWords): Background {
  return new Map(
    Object.entries(lists).map(([language, tiers]) => {
      const stem = chooseStemmer(language);
      const shares = Object.entries(tiers).flatMap(([articles, lines]) =>
        lines.flatMap(listWords).map((word) => [stem(word), 1 / Number(articles)] as const),
      );
      return [language, new Map(shares)];
    }),
  );
}
