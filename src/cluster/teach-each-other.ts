import type { Evidence } from './weigh-evidence.ts';

/** Stories a word must be imagined in beside those it was seen in, before it says anything. */
const IMAGINED = 6;
const TAUGHT_WEIGHT = 0.6;
/** Terms beyond which each single one counts less. */
const USUAL_TERMS = 8;
/** Other stories it takes until half of what they say about how rare a theme is today is believed. */
const CROWD = 1_000;

/** A story's evidence, with how likely each theme is by it. */
export interface Guess extends Evidence {
  readonly shares: readonly number[];
}

/** What the stories of one language teach: how much of each theme the stories with a term are. */
interface Tally {
  readonly byTerm: Map<string, Float64Array>;
  readonly all: Float64Array;
}

/**
 * Better scores for each story from the company its words keep: a word the lexicon lacks, in stories that are clearly
 * of one theme, speaks for it in the others (one round of naive Bayes from soft labels, Nigam et al. 2000).
 * A theme that few of very many stories are of needs better evidence; a common one needs no less of it, or the small
 * sections would lose their doubtful stories. A story teaches itself nothing, so a story alone keeps its scores.
 */
export function teachEachOther(
  guesses: readonly Guess[],
  themes: number,
): readonly (readonly number[])[] {
  const tallies = new Map<string, Tally>();
  for (const guess of guesses) {
    const tally = tallies.get(guess.language) ?? startTally(themes);
    tallies.set(guess.language, tally);
    countGuess(tally, guess);
  }
  return guesses.map((guess) => scoreAgain(guess, tallies.get(guess.language)!));
}

function startTally(themes: number): Tally {
  return { byTerm: new Map(), all: new Float64Array(themes).fill(1) };
}

function countGuess({ byTerm, all }: Tally, { shares, terms }: Guess): void {
  addShares(all, shares);
  for (const term of terms.keys()) {
    const known = byTerm.get(term) ?? new Float64Array(shares.length);
    byTerm.set(term, known);
    addShares(known, shares);
  }
}

function addShares(counts: Float64Array, shares: readonly number[]): void {
  shares.forEach((share, theme) => (counts[theme]! += share));
}

function scoreAgain({ scores, shares, terms }: Guess, { byTerm, all }: Tally): readonly number[] {
  const total = sum(all);
  const usual = Array.from(all, (count) => count / total);
  const own = sum(shares);
  const crowd = total - all.length - own;
  const better = scores.map((score, theme) => {
    const rarity = Math.min(0, Math.log(usual[theme]! * all.length));
    return score + (crowd / (crowd + CROWD)) * rarity;
  });
  const weight = TAUGHT_WEIGHT / Math.sqrt(1 + sum(terms.values()) / USUAL_TERMS);
  for (const [term, place] of terms) {
    const counts = byTerm.get(term)!;
    const others = sum(counts) - own;
    if (others < 0.5) continue;
    for (let theme = 0; theme < better.length; theme += 1) {
      const expected = usual[theme]!;
      const seen = counts[theme]! - shares[theme]! + IMAGINED * expected;
      better[theme]! += weight * place * Math.log(seen / (others + IMAGINED) / expected);
    }
  }
  return better;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
