import type { Article } from '../domain/article.ts';
import type { Instant } from '../domain/instant.ts';
import type { Store } from './open-store.ts';

/** An article of whose text its feed gave next to nothing. */
export interface ShortArticle extends Pick<Article, 'key' | 'title'> {
  readonly url: string;
  readonly outlet: string;
}

/** What was read on an article's page. */
export type ReadPage = Pick<Article, 'text' | 'summary' | 'language' | 'image'>;

const SHORT_TEXT = 200;
const MOST_TRIES = 2;

/**
 * Articles published since `since` with under 200 characters of text, whose pages are still to be read:
 * at most `perFeed` of each feed that allows it, from the top of the feed down. Each is tried twice, the second time if it
 * was tried before `triedBefore`.
 */
export async function listShortArticles(
  store: Store,
  wish: { readonly since: Instant; readonly triedBefore: Instant; readonly perFeed: number },
): Promise<readonly ShortArticle[]> {
  const rows = await store.db
    .selectFrom('articles')
    .innerJoin('article_feeds', 'article_feeds.article_key', 'articles.key')
    .innerJoin('feeds', 'feeds.id', 'article_feeds.feed_id')
    .innerJoin('outlets', 'outlets.key', 'articles.outlet')
    .leftJoin('article_pages', 'article_pages.article_key', 'articles.key')
    .select(['articles.key', 'articles.url', 'articles.title', 'outlets.name as outlet'])
    .select('article_feeds.feed_id')
    .where((where) =>
      where.or([where('feeds.fetch_pages', 'is', null), where('feeds.fetch_pages', '=', 1)]),
    )
    .where('feeds.state', '!=', 'retired')
    .where('articles.published_at', '>=', wish.since)
    .where(({ eb, fn }) => eb(fn<number>('length', ['articles.text']), '<', SHORT_TEXT))
    .where(({ eb, fn }) => eb(fn<number>('length', ['articles.summary']), '<', SHORT_TEXT))
    .where((where) =>
      where.or([
        where('article_pages.tries', 'is', null),
        where.and([
          where('article_pages.text', 'is', null),
          where('article_pages.tries', '<', MOST_TRIES),
          where('article_pages.tried_at', '<', wish.triedBefore),
        ]),
      ]),
    )
    .orderBy('article_feeds.position')
    .orderBy('articles.key')
    .execute();
  const counts = new Map<string, number>();
  const chosen = new Map<string, ShortArticle>();
  for (const { key, url, title, outlet, feed_id } of rows) {
    const count = counts.get(feed_id) ?? 0;
    if (url === null || count >= wish.perFeed || chosen.has(key)) continue;
    counts.set(feed_id, count + 1);
    chosen.set(key, { key, url, title, outlet });
  }
  return [...chosen.values()];
}

/** Keeps what an article's page said beside what its feed says; null counts a try in vain. */
export async function savePage(
  store: Store,
  key: string,
  read: { readonly page: ReadPage | null; readonly now: Instant },
): Promise<void> {
  const { page, now } = read;
  const found = page && {
    text: page.text,
    summary: page.summary,
    language: page.language,
    image: page.image ? JSON.stringify(page.image) : null,
  };
  await store.db
    .insertInto('article_pages')
    .values({ article_key: key, tries: 1, tried_at: now, ...found })
    .onConflict((conflict) =>
      conflict.column('article_key').doUpdateSet(({ eb }) => ({
        tries: eb('article_pages.tries', '+', 1),
        tried_at: now,
        ...found,
      })),
    )
    .execute();
}

/** Lets the pages of a feed's short articles be read, or not. */
export async function savePageFetching(
  store: Store,
  feedId: string,
  wish: { readonly fetchPages: boolean },
): Promise<void> {
  await store.db
    .updateTable('feeds')
    .set({ fetch_pages: Number(wish.fetchPages) })
    .where('id', '=', feedId)
    .execute();
}

/** The feeds whose articles' pages are not to be read. */
export async function listPagelessFeeds(store: Store): Promise<ReadonlySet<string>> {
  const rows = await store.db
    .selectFrom('feeds')
    .select('id')
    .where('fetch_pages', '=', 0)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
