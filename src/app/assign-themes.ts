import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assignTheme, type ThemeAssignment } from '../cluster/assign-theme.ts';
import { compileLexicon, type Lexicon } from '../cluster/compile-lexicon.ts';
import { parseYamlText } from '../config.ts';
import type { Candidate } from '../domain/article.ts';
import type { Theme } from '../domain/newsletter.ts';
import type { Story } from '../domain/story.ts';
import { PACKAGE_ROOT } from './app.ts';

/** What stories are themed by: the newsletter's themes, the stories' articles by key, and what tells a theme. */
interface ThemingContext {
  readonly themes: readonly Theme[];
  readonly articles: ReadonlyMap<string, Candidate>;
  readonly lexicon: Lexicon;
}

/** The theme of every story by its id: the one an editor's note names, else what its words say. */
export function assignThemes(
  stories: readonly Story[],
  context: ThemingContext,
): ReadonlyMap<string, ThemeAssignment> {
  const { themes, articles } = context;
  const lexicon = compileLexicon(themes, context.lexicon);
  return new Map(
    stories.map((story) => {
      const members = story.articles
        .map((key) => articles.get(key))
        .filter((article) => article !== undefined);
      const wished = findWishedTheme(themes, members);
      const assigned = wished ? { theme: wished.slug, confidence: 1 } : null;
      return [story.id, assigned ?? assignTheme(members, lexicon)];
    }),
  );
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

/** The shipped lexicon, seeds/lexicon.yaml. */
export function loadLexicon(): Lexicon {
  const file = join(PACKAGE_ROOT, 'seeds', 'lexicon.yaml');
  return parseYamlText(readFileSync(file, 'utf8'), file) as Lexicon;
}
