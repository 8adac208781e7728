import { assignThemes as guessThemes, type ThemeAssignment } from '../cluster/assign-theme.ts';
import { compileLexicon, type Lexicon } from '../cluster/compile-lexicon.ts';
import { explainTheme, type ThemeReason } from '../cluster/explain-theme.ts';
import { learnThemes } from '../cluster/learn-themes.ts';
import type { Candidate } from '../domain/article.ts';
import type { Newsletter, Theme } from '../domain/newsletter.ts';
import type { Story } from '../domain/story.ts';
import type { ThemeLesson } from '../domain/theme-lesson.ts';

/** A theme that is more likely wrong than right is none. */
const LEAST_CONFIDENCE = 0.5;

/** What stories are themed by: the newsletter's themes, the stories' articles by key, what tells a theme, and what editors moved before. */
interface ThemingContext {
  readonly newsletter: Pick<Newsletter, 'themes' | 'defaultTheme'>;
  readonly articles: ReadonlyMap<string, Candidate>;
  readonly lexicon: Lexicon;
  readonly lessons: readonly ThemeLesson[];
}

/** The theme of every story by its id: the one an editor's note names, else what words and earlier moves say; where they say too little, the newsletter's default, which may be none. */
export function assignThemes(
  stories: readonly Story[],
  { newsletter, articles, ...context }: ThemingContext,
): ReadonlyMap<string, ThemeAssignment> {
  const { themes, defaultTheme } = newsletter;
  const lexicon = compileLexicon(themes, context.lexicon);
  const members = listMembers(stories, articles);
  const guesses = guessThemes(members, lexicon, learnThemes(context.lessons, lexicon));
  return new Map(
    stories.map(({ id }, place) => {
      const wished = findWishedTheme(themes, members[place] ?? []);
      if (wished) return [id, { theme: wished.slug, confidence: 1 }];
      const { theme, confidence } = guesses[place]!;
      return [id, { theme: confidence < LEAST_CONFIDENCE ? defaultTheme : theme, confidence }];
    }),
  );
}

/** What speaks for each theme of one of the stories, the likeliest first; empty for an id none of them has. */
export function explainStoryTheme(
  stories: readonly Story[],
  id: string,
  { newsletter, articles, ...context }: ThemingContext,
): readonly ThemeReason[] {
  const lexicon = compileLexicon(newsletter.themes, context.lexicon);
  const lessons = learnThemes(context.lessons, lexicon);
  const place = stories.findIndex((story) => story.id === id);
  return explainTheme(listMembers(stories, articles), place, { lexicon, lessons });
}

function listMembers(
  stories: readonly Story[],
  articles: ReadonlyMap<string, Candidate>,
): readonly (readonly Candidate[])[] {
  return stories.map((story) => story.articles.flatMap((key) => articles.get(key) ?? []));
}

function findWishedTheme(
  themes: readonly Theme[],
  members: readonly Candidate[],
): Theme | undefined {
  const wishes = members.flatMap(({ wish }) => wish?.theme?.toLowerCase() ?? []);
  return themes.find(({ slug, name }) =>
    wishes.some((wish) => [slug, name.toLowerCase()].includes(wish)),
  );
}
