import type { WordCounts } from '../domain/word-counts.ts';
import type { Background } from './compile-background.ts';

/** So many articles of its own, and an installation believes them as much as the shipped lists. */
const ARTICLES_OF_LISTS = 2_000;
/** Standard deviations of a count: a word is taken for as common as it surely is, and one met a few times for rare. */
const CAUTION = 4;

/** The shipped background with what an installation counted itself, which counts the more the more articles there were. */
export function extendBackground(shipped: Background, counted: readonly WordCounts[]): Background {
  const learned = counted.map((words) => [words.language, mixShares(shipped, words)] as const);
  return new Map([...shipped, ...learned]);
}

function mixShares(
  shipped: Background,
  { language, articles, stems }: WordCounts,
): ReadonlyMap<string, number> {
  const listed = shipped.get(language) ?? new Map<string, number>();
  const shares = [...new Set([...listed.keys(), ...stems.keys()])].map((stem) => {
    const count = stems.get(stem) ?? 0;
    const sure = Math.max(0, count - CAUTION * Math.sqrt(count));
    const expected = ARTICLES_OF_LISTS * (listed.get(stem) ?? 0);
    return [stem, (expected + sure) / (ARTICLES_OF_LISTS + articles)] as const;
  });
  return new Map(shares.filter(([, share]) => share > 0));
}
