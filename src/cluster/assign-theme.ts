import type { CompiledLexicon } from './compile-lexicon.ts';
import { teachEachOther } from './teach-each-other.ts';
import { weighEvidence, type Evidence, type ThemedArticle } from './weigh-evidence.ts';
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
  return scoreStories(stories, lexicon, lessons).map(({ scores }) => chooseTheme(scores, lexicon));
}

/** What speaks for the themes of a story, step by step; one logarithm of odds for each slug of the lexicon. */
export interface ThemeScores {
  readonly evidence: Evidence;
  /** After the other stories taught it. */
  readonly taught: readonly number[];
  /** After the editors' moves, which is what decides. */
  readonly scores: readonly number[];
}

/** The scores that `assignThemes` decides by, with what they came from. */
export function scoreStories(
  stories: readonly (readonly ThemedArticle[])[],
  lexicon: CompiledLexicon,
  lessons: Lessons,
): readonly ThemeScores[] {
  const all = stories.map((articles) => weighEvidence(articles, lexicon));
  const taught = teachEachOther(
    all.map((one) => ({ ...one, shares: divideBelief(one.scores) })),
    lexicon.slugs.length,
  );
  return all.map((evidence, place) => {
    const better = taught[place] ?? evidence.scores;
    const scores = addLessons(better, evidence, { lessons, lexicon });
    return { evidence, taught: better, scores };
  });
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
