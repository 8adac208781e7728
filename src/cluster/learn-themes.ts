import type { ThemeLesson } from '../domain/theme-lesson.ts';
import type { CompiledLexicon } from './compile-lexicon.ts';
import { weighEvidence, type Evidence } from './weigh-evidence.ts';

/** Below this share of common words a story is another one, and a lesson says nothing about it. */
const LEAST_LIKENESS = 0.22;
/** The words of the title tell which story it is; those below it are shared by many. */
const TITLE_POWER = 3;
/** What a move counts for a story of the very same words, as a logarithm of odds; the theme it left loses half. */
const PUSH = 12;
/** What all lessons together may count for one theme. */
const MOST_PUSH = 8;

/** What moves teach: by language and stem, the moves whose story has it and how much of that story it is. */
export interface Lessons {
  readonly moves: readonly ThemeLesson[];
  readonly byTerm: ReadonlyMap<string, readonly (readonly [move: number, share: number])[]>;
}

export const NO_LESSONS: Lessons = { moves: [], byTerm: new Map() };

/** Learns from an editor's moves, for stories that share their words; nothing is learnt about a theme as a whole. */
export function learnThemes(moves: readonly ThemeLesson[], lexicon: CompiledLexicon): Lessons {
  const byTerm = new Map<string, (readonly [number, number])[]>();
  moves.forEach((move, place) => {
    const article = { ...move, text: '', url: null, categories: [], themeHint: null };
    const { terms, language } = weighEvidence([article], lexicon);
    const whole = [...terms.values()].reduce((sum, weight) => sum + weight ** TITLE_POWER, 0);
    for (const [term, weight] of terms) {
      const key = nameTerm(language, term);
      byTerm.set(key, [...(byTerm.get(key) ?? []), [place, weight ** TITLE_POWER / whole]]);
    }
  });
  return { moves, byTerm };
}

/** A story's scores after what the lessons from stories like it say. */
export function addLessons(
  scores: readonly number[],
  { terms, language }: Evidence,
  { lessons, lexicon }: { lessons: Lessons; lexicon: CompiledLexicon },
): readonly number[] {
  if (lessons.moves.length === 0) return scores;
  const likeness = lessons.moves.map(() => 0);
  for (const term of terms.keys())
    for (const [move, share] of lessons.byTerm.get(nameTerm(language, term)) ?? [])
      likeness[move]! += share;
  const pushes = lexicon.slugs.map(() => 0);
  lessons.moves.forEach(({ from, to }, move) => {
    if (likeness[move]! < LEAST_LIKENESS) return;
    const [gains, loses] = [lexicon.slugs.indexOf(to), lexicon.slugs.indexOf(from ?? '')];
    if (gains >= 0) pushes[gains]! += PUSH * likeness[move]!;
    if (loses >= 0) pushes[loses]! -= (PUSH * likeness[move]!) / 2;
  });
  return scores.map(
    (score, theme) => score + Math.max(-MOST_PUSH, Math.min(MOST_PUSH, pushes[theme]!)),
  );
}

function nameTerm(language: string, stem: string): string {
  return `${language} ${stem}`;
}
