import type { CompiledLexicon } from './compile-lexicon.ts';
import { teachEachOther } from './teach-each-other.ts';
import { weighEvidence, type ThemedArticle } from './weigh-evidence.ts';
import { addLessons, NO_LESSONS, type Lessons } from './learn-themes.ts';

/** The doubt that a story is on any theme at all, as a logarithm of odds. */
const DOUBT = 1;
/** Measured: weak evidence is right more often than its odds say, and the clearest is wrong once in fifteen. */
const BEST_CONFIDENCE = 0.94;

/** What a story is most likely about: a theme slug, null only when there are none, and how often such an answer is right, 0 to 1. */
export interface ThemeAssignment {
  readonly theme: string | null;
  readonly confidence: number;
}

/**
 * The theme of each story, given as its articles, the lead first. What the lexicon says of all of them together
 * teaches words it does not have (see `teachEachOther`), and what editors moved before (`lessons`) weighs most.
 */
export function assignThemes(
  stories: readonly (readonly ThemedArticle[])[],
  lexicon: CompiledLexicon,
  lessons: Lessons = NO_LESSONS,
): readonly ThemeAssignment[] {
  const evidence = stories.map((articles) => weighEvidence(articles, lexicon));
  const taught = teachEachOther(
    evidence.map((one) => ({ ...one, shares: divideBelief(one.scores) })),
    lexicon.slugs.length,
  );
  return evidence.map((one, place) =>
    chooseTheme(addLessons(taught[place] ?? one.scores, one, { lessons, lexicon }), lexicon),
  );
}

function chooseTheme(scores: readonly number[], lexicon: CompiledLexicon): ThemeAssignment {
  const shares = divideBelief(scores);
  const own = shares.slice(0, lexicon.assignable);
  const share = Math.max(0, ...own);
  const theme = lexicon.slugs[own.indexOf(share)] ?? null;
  return { theme, confidence: BEST_CONFIDENCE * Math.sqrt(share) };
}

/** Softmax, with a share for none of the themes: how likely each is, adding up to less than 1. */
function divideBelief(scores: readonly number[]): readonly number[] {
  const top = Math.max(DOUBT, ...scores);
  const odds = scores.map((score) => Math.exp(score - top));
  const sum = odds.reduce((total, one) => total + one, Math.exp(DOUBT - top));
  return odds.map((one) => one / sum);
}
