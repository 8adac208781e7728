import { listActiveEdits, type Edit } from '../domain/edit.ts';
import type { StoryDecision } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findThemeWords, forgetThemeLessons, saveThemeLesson } from '../store/theme-lessons.ts';
import type { App } from './app.ts';

/** An editor's move, as articles: the keys of the story's articles, the lead first; the slug of its new theme, or null to take the move back. */
interface TaughtMove {
  readonly articles: readonly string[];
  readonly theme: string | null;
  /** Slug of the theme it left, when that is known. */
  readonly from?: string | null;
}

/** Learns from a move: from the next build on, stories of this newsletter like it go where it went. One move is one lesson, from the story's lead. */
export async function learnTheme(
  app: App,
  newsletter: Newsletter,
  { articles, theme, from = null }: TaughtMove,
): Promise<void> {
  await forgetThemeLessons(app.store, newsletter.slug, articles);
  const [articleKey] = articles;
  if (articleKey === undefined || theme === null) return;
  const words = await findThemeWords(app.store, articleKey);
  if (words === null) return;
  const lesson = { ...words, from, to: theme };
  const options = { newsletter: newsletter.slug, articleKey, now: app.now() };
  await saveThemeLesson(app.store, lesson, options);
}

/** Learns from the log of a date after its newest edit: a move teaches, and one that was undone teaches no more. */
export async function learnFromEdits(
  app: App,
  newsletter: Newsletter,
  log: { readonly edits: readonly Edit[]; readonly stories: readonly StoryDecision[] },
): Promise<void> {
  const newest = log.edits.at(-1)?.command.kind;
  if (newest !== 'move' && newest !== 'undo') return;
  const active = new Set(listActiveEdits(log.edits));
  const moves = log.edits.flatMap((edit) =>
    edit.command.kind === 'move' ? [{ ...edit.command, holds: active.has(edit) }] : [],
  );
  const holding = moves.filter(({ holds }) => holds);
  for (const { articles } of moves.filter(({ holds }) => !holds))
    await learnTheme(app, newsletter, { articles, theme: null });
  for (const { articles, theme } of newest === 'move' ? holding.slice(-1) : holding) {
    const story = log.stories.find((one) => articles.some((key) => one.articles.includes(key)));
    const from = story?.theme === theme ? null : (story?.theme ?? null);
    await learnTheme(app, newsletter, { articles, theme, from });
  }
}
