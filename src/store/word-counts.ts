import { sql, type Transaction } from 'kysely';
import type { Article } from '../domain/article.ts';
import type { Instant } from '../domain/instant.ts';
import type { WordCounts } from '../domain/word-counts.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** What is counted of an article, and by what it is known. */
export type CountableArticle = Pick<Article, 'key' | 'title' | 'summary' | 'text' | 'language'>;

const ROWS_AT_ONCE = 250;

/** Articles seen before `seenBefore` whose words nobody has counted, the oldest first, with what their pages gave. */
export async function listUncountedArticles(
  store: Store,
  wish: { readonly seenBefore: Instant; readonly limit: number },
): Promise<readonly CountableArticle[]> {
  const rows = await store.db
    .selectFrom('articles')
    .leftJoin('article_pages', 'article_pages.article_key', 'articles.key')
    .select(['articles.key', 'articles.title', 'articles.summary', 'articles.text'])
    .select('articles.language')
    .select(['article_pages.text as page_text', 'article_pages.summary as page_summary'])
    .select('article_pages.language as page_language')
    .where('articles.is_counted', '=', 0)
    .where('articles.first_seen_at', '<', wish.seenBefore)
    .orderBy('articles.first_seen_at')
    .limit(wish.limit)
    .execute();
  return rows.map((row) => ({
    key: row.key,
    title: row.title,
    summary: row.summary || (row.page_summary ?? ''),
    text: row.page_text ?? row.text,
    language: row.language ?? row.page_language,
  }));
}

/** Adds the counts of these articles to those before; none of them is listed as uncounted again. */
export async function saveWordCounts(
  store: Store,
  counted: readonly WordCounts[],
  keys: readonly string[],
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    for (const { language, articles, stems } of counted) {
      await trx
        .insertInto('counted_languages')
        .values({ language, articles })
        .onConflict((conflict) =>
          conflict
            .column('language')
            .doUpdateSet({ articles: sql`counted_languages.articles + excluded.articles` }),
        )
        .execute();
      await addStems(trx, language, [...stems]);
    }
    for (const some of chunk(keys))
      await trx.updateTable('articles').set({ is_counted: 1 }).where('key', 'in', some).execute();
  });
}

async function addStems(
  trx: Transaction<Schema>,
  language: string,
  stems: readonly (readonly [string, number])[],
): Promise<void> {
  for (const some of chunk(stems))
    await trx
      .insertInto('word_counts')
      .values(some.map(([stem, articles]) => ({ language, stem, articles })))
      .onConflict((conflict) =>
        conflict
          .columns(['language', 'stem'])
          .doUpdateSet({ articles: sql`word_counts.articles + excluded.articles` }),
      )
      .execute();
}

/** The counts of these stems of a language; a stem without any is left out. */
export async function findWordCounts(
  store: Store,
  language: string,
  stems: readonly string[],
): Promise<WordCounts> {
  const found = new Map<string, number>();
  for (const some of chunk(stems)) {
    const rows = await store.db
      .selectFrom('word_counts')
      .select(['stem', 'articles'])
      .where('language', '=', language)
      .where('stem', 'in', some)
      .execute();
    for (const { stem, articles } of rows) found.set(stem, articles);
  }
  const row = await store.db
    .selectFrom('counted_languages')
    .select('articles')
    .where('language', '=', language)
    .executeTakeFirst();
  return { language, articles: row?.articles ?? 0, stems: found };
}

/** Halves the counts of every language that has more articles or stems than `most`, and drops the words that come to none. */
export async function halveWordCounts(
  store: Store,
  most: { readonly articles: number; readonly stems: number },
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    for (const { language, articles } of await listLanguages(trx)) {
      const { stems } = await trx
        .selectFrom('word_counts')
        .select((select) => select.fn.countAll<number>().as('stems'))
        .where('language', '=', language)
        .executeTakeFirstOrThrow();
      if (articles > most.articles || stems > most.stems) await halveLanguage(trx, language);
    }
  });
}

async function listLanguages(
  trx: Transaction<Schema>,
): Promise<readonly Schema['counted_languages'][]> {
  return await trx.selectFrom('counted_languages').selectAll().execute();
}

async function halveLanguage(trx: Transaction<Schema>, language: string): Promise<void> {
  const half = { articles: sql<number>`articles / 2` };
  await trx.updateTable('counted_languages').set(half).where('language', '=', language).execute();
  await trx
    .deleteFrom('word_counts')
    .where('language', '=', language)
    .where('articles', '<', 2)
    .execute();
  await trx.updateTable('word_counts').set(half).where('language', '=', language).execute();
}

function chunk<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / ROWS_AT_ONCE) }, (_, place) =>
    items.slice(place * ROWS_AT_ONCE, (place + 1) * ROWS_AT_ONCE),
  );
}
