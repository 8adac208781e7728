import type { Instant } from '../domain/instant.ts';
import type { ThemeLesson } from '../domain/theme-lesson.ts';
import type { Store } from './open-store.ts';

/** Of an article without a summary its opening is kept. */
const MOST_CHARACTERS = 500;

/** Keeps what a move of an article's story teaches a newsletter; a later move of the same article takes its place. */
export async function saveThemeLesson(
  store: Store,
  lesson: ThemeLesson,
  options: { newsletter: string; articleKey: string; now: Instant },
): Promise<void> {
  const { title, summary, language, from, to } = lesson;
  const taught = { title, summary, language, from_theme: from, to_theme: to, at: options.now };
  await store.db
    .insertInto('theme_lessons')
    .values({ newsletter: options.newsletter, article_key: options.articleKey, ...taught })
    .onConflict((conflict) => conflict.columns(['newsletter', 'article_key']).doUpdateSet(taught))
    .execute();
}

/** Takes back what moves of these articles' stories taught. */
export async function forgetThemeLessons(
  store: Store,
  newsletter: string,
  articleKeys: readonly string[],
): Promise<void> {
  await store.db
    .deleteFrom('theme_lessons')
    .where('newsletter', '=', newsletter)
    .where('article_key', 'in', articleKeys)
    .execute();
}

/** The newest lessons of a newsletter, newest first, at most a thousand. */
export async function listThemeLessons(
  store: Store,
  newsletter: string,
): Promise<readonly ThemeLesson[]> {
  const rows = await store.db
    .selectFrom('theme_lessons')
    .select(['title', 'summary', 'language', 'from_theme as from', 'to_theme as to'])
    .where('newsletter', '=', newsletter)
    .orderBy('at', 'desc')
    .orderBy('article_key')
    .limit(1_000)
    .execute();
  return rows;
}

/** The words of an article that a lesson keeps, or null when there is no such article. */
export async function findThemeWords(
  store: Store,
  articleKey: string,
): Promise<Pick<ThemeLesson, 'title' | 'summary' | 'language'> | null> {
  const row = await store.db
    .selectFrom('articles')
    .select(['title', 'summary', 'text', 'language'])
    .where('key', '=', articleKey)
    .executeTakeFirst();
  if (!row) return null;
  const summary = (row.summary || row.text).slice(0, MOST_CHARACTERS);
  return { title: row.title, summary, language: row.language };
}
