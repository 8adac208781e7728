import { scoreStories } from './assign-theme.ts';
import type { CompiledLexicon } from './compile-lexicon.ts';
import type { Lessons } from './learn-themes.ts';
import type { Sign, ThemedArticle } from './weigh-evidence.ts';

/** What speaks for one theme of a story; `score` is the sum of all the rest. */
export interface ThemeReason {
  readonly theme: string;
  /** Logarithm of odds. */
  readonly score: number;
  /** What any story has for this theme. */
  readonly prior: number;
  /** The heaviest first; one that several articles have is there once. */
  readonly signs: readonly Omit<Sign, 'theme'>[];
  /** What other stories of the morning taught. */
  readonly taught: number;
  /** What the editors' earlier moves add. */
  readonly moves: number;
}

/** Every theme of one of the stories, given by its place, the likeliest first: the scores of `assignThemes`, taken apart. */
export function explainTheme(
  stories: readonly (readonly ThemedArticle[])[],
  place: number,
  { lexicon, lessons }: { readonly lexicon: CompiledLexicon; readonly lessons: Lessons },
): readonly ThemeReason[] {
  const story = scoreStories(stories, lexicon, lessons)[place];
  if (!story) return [];
  const { evidence, taught, scores } = story;
  return lexicon.slugs
    .map((theme, at) => {
      const [own = 0, better = 0, score = 0] = [evidence.scores[at], taught[at], scores[at]];
      const signs = addUp(evidence.signs.filter((sign) => sign.theme === at));
      const prior = own - signs.reduce((sum, { weight }) => sum + weight, 0);
      return { theme, score, prior, signs, taught: better - own, moves: score - better };
    })
    .sort((a, b) => b.score - a.score);
}

function addUp(signs: readonly Sign[]): readonly Omit<Sign, 'theme'>[] {
  const sums = new Map<string, Omit<Sign, 'theme'>>();
  for (const { text, origin, weight } of signs) {
    const key = `${origin} ${text}`;
    sums.set(key, { text, origin, weight: weight + (sums.get(key)?.weight ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.weight - a.weight);
}
