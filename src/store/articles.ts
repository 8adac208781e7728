import type { Transaction } from 'kysely';
import type { Article, Candidate } from '../domain/article.ts';
import type { Instant } from '../domain/instant.ts';
import { readWish, writeWish } from './article-wish.ts';
import type { Store } from './open-store.ts';
import type { ArticlePageRow, ArticleRow, Schema } from './schema.ts';

/** How many articles a save added, changed (an earlier wording was kept as a revision) and found as they were. */
export interface SavedArticles {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** A candidate with the words that newsletter's feeds do not want in a title, and where in which of them it stood. */
export type GuardedCandidate = Candidate & {
  readonly excludedWords: readonly string[];
  readonly carriers: readonly { readonly feed: string; readonly position: number }[];
};

const PARAMETERS_AT_ONCE = 500;

/** Stores what a feed carried, in the feed's order. One row per article over all feeds and newsletters. */
export async function saveArticles(
  store: Store,
  articles: readonly Article[],
  options: { feedId: string; now: Instant },
): Promise<SavedArticles> {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const unique = new Map(articles.map((article) => [article.key, article]));
  await store.db.transaction().execute(async (trx) => {
    const known = await findWordings(trx, [...unique.keys()]);
    let position = 0;
    for (const article of unique.values()) {
      const before = known.get(article.key);
      const isChanged = before !== undefined && (await hasNewWording(trx, before, article));
      if (!before) await insertArticle(trx, article, options.now);
      else if (isChanged) await reviseArticle(trx, before, { article, now: options.now });
      if (before && hasNewWish(before, article)) await changeWish(trx, article);
      counts[!before ? 'added' : isChanged ? 'changed' : 'unchanged'] += 1;
      await placeArticle(trx, { article_key: article.key, feed_id: options.feedId, position });
      position += 1;
    }
  });
  return counts;
}

/**
 * The articles a newsletter may still print: from its feeds, published in [from, until), in no frozen issue of its own.
 * In a stable order, oldest first.
 */
export async function listUnpublishedArticles(
  store: Store,
  window: { newsletter: string; from: Instant; until: Instant },
): Promise<readonly GuardedCandidate[]> {
  const rows = await store.db
    .selectFrom('articles')
    .innerJoin('article_feeds', 'article_feeds.article_key', 'articles.key')
    .innerJoin('newsletter_feeds', 'newsletter_feeds.feed_id', 'article_feeds.feed_id')
    .innerJoin('feeds', 'feeds.id', 'article_feeds.feed_id')
    .innerJoin('outlets', 'outlets.key', 'articles.outlet')
    .leftJoin('issue_articles', (join) =>
      join
        .onRef('issue_articles.article_key', '=', 'articles.key')
        .on('issue_articles.newsletter', '=', window.newsletter),
    )
    .leftJoin('article_pages', 'article_pages.article_key', 'articles.key')
    .selectAll('articles')
    .select(['article_pages.text as page_text', 'article_pages.summary as page_summary'])
    .select(['article_pages.language as page_language', 'article_pages.image as page_image'])
    .select(['outlets.name as outlet_name', 'feeds.weight', 'article_feeds.position'])
    .select('feeds.url as feed_url')
    .select(['newsletter_feeds.theme_hint as feed_theme_hint', 'newsletter_feeds.excluded_words'])
    .select('newsletter_feeds.is_headline_only')
    .where('newsletter_feeds.newsletter', '=', window.newsletter)
    .where('articles.published_at', '>=', window.from)
    .where('articles.published_at', '<', window.until)
    .where('issue_articles.issue_id', 'is', null)
    .orderBy('articles.published_at')
    .orderBy('articles.key')
    .execute();
  const candidates = new Map<string, GuardedCandidate>();
  for (const row of rows) {
    candidates.set(row.key, joinCandidate(candidates.get(row.key), row));
  }
  return [...candidates.values()];
}

type CandidateRow = ArticleRow & {
  outlet_name: string;
  feed_url: string;
  weight: number;
  position: number;
  feed_theme_hint: string | null;
  excluded_words: string;
  is_headline_only: number;
  page_text: ArticlePageRow['text'];
  page_summary: ArticlePageRow['summary'];
  page_language: ArticlePageRow['language'];
  page_image: ArticlePageRow['image'];
};

function joinCandidate(before: GuardedCandidate | undefined, row: CandidateRow): GuardedCandidate {
  const excludedWords = JSON.parse(row.excluded_words) as string[];
  const carrier = { feed: row.feed_url, position: row.position };
  if (!before) {
    return {
      ...toArticle(row),
      feedWeight: row.weight,
      position: row.position,
      themeHint: row.feed_theme_hint,
      excludedWords,
      carriers: [carrier],
      ...(row.is_headline_only === 1 ? { isHeadlineOnly: true } : {}),
    };
  }
  return {
    ...before,
    feedWeight: Math.max(before.feedWeight, row.weight),
    position: Math.min(before.position, row.position),
    themeHint: before.themeHint ?? row.feed_theme_hint,
    excludedWords: [...before.excludedWords, ...excludedWords],
    carriers: [...before.carriers, carrier],
    // Whoever has the rights may not be the one who carried it last.
    ...(row.is_headline_only === 1 ? { isHeadlineOnly: true } : {}),
  };
}

function toArticle(row: CandidateRow): Article {
  return {
    key: row.key,
    url: row.url,
    title: row.title,
    summary: row.summary || (row.page_summary ?? ''),
    text: row.page_text ?? row.text,
    outlet: { key: row.outlet, name: row.outlet_name },
    language: row.language ?? row.page_language,
    publishedAt: row.published_at,
    isDateGuessed: row.is_date_guessed === 1,
    image: chooseImage(row),
    categories: JSON.parse(row.categories) as string[],
    ...readWish(row),
  };
}

/** The feed's image, unless its page alone says how large it is. */
function chooseImage({ image, page_image }: CandidateRow): Article['image'] {
  const [fromFeed, fromPage] = [image, page_image].map((written) =>
    written === null ? null : (JSON.parse(written) as Article['image']),
  );
  return (fromFeed?.width ? fromFeed : (fromPage ?? fromFeed)) ?? null;
}

type Wording = Pick<
  ArticleRow,
  'key' | 'title' | 'summary' | 'text' | 'theme_hint' | 'is_pinned' | 'is_opening'
>;

async function findWordings(
  trx: Transaction<Schema>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Wording>> {
  const found = new Map<string, Wording>();
  for (let start = 0; start < keys.length; start += PARAMETERS_AT_ONCE) {
    const rows = await trx
      .selectFrom('articles')
      .select(['key', 'title', 'summary', 'text', 'theme_hint', 'is_pinned', 'is_opening'])
      .where('key', 'in', keys.slice(start, start + PARAMETERS_AT_ONCE))
      .execute();
    for (const row of rows) found.set(row.key, row);
  }
  return found;
}

/** A wording it had before is not new: two feeds that word one article differently do not take turns for ever. */
async function hasNewWording(
  trx: Transaction<Schema>,
  before: Wording,
  after: Article,
): Promise<boolean> {
  const { title, summary, text } = after;
  if (before.title === title && before.summary === summary && before.text === text) return false;
  const earlier = await trx
    .selectFrom('article_revisions')
    .select('replaced_at')
    .where('article_key', '=', before.key)
    .where('title', '=', title)
    .where('summary', '=', summary)
    .where('text', '=', text)
    .executeTakeFirst();
  return earlier === undefined;
}

function hasNewWish(before: Wording, { wish }: Article): boolean {
  return (
    before.theme_hint !== (wish?.theme ?? null) ||
    before.is_pinned !== Number(wish?.isPinned ?? 0) ||
    before.is_opening !== Number(wish?.isOpening ?? 0)
  );
}

async function changeWish(trx: Transaction<Schema>, { key, wish }: Article): Promise<void> {
  await trx.updateTable('articles').set(writeWish(wish)).where('key', '=', key).execute();
}

async function insertArticle(
  trx: Transaction<Schema>,
  article: Article,
  now: Instant,
): Promise<void> {
  await trx
    .insertInto('outlets')
    .values({ key: article.outlet.key, name: article.outlet.name })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ name: article.outlet.name }))
    .execute();
  await trx
    .insertInto('articles')
    .values({
      key: article.key,
      url: article.url,
      title: article.title,
      summary: article.summary,
      text: article.text,
      outlet: article.outlet.key,
      language: article.language,
      published_at: article.publishedAt,
      is_date_guessed: article.isDateGuessed ? 1 : 0,
      image: article.image ? JSON.stringify(article.image) : null,
      categories: JSON.stringify(article.categories),
      first_seen_at: now,
      is_counted: 0,
      ...writeWish(article.wish),
    })
    .execute();
}

async function reviseArticle(
  trx: Transaction<Schema>,
  before: Wording,
  after: { article: Article; now: Instant },
): Promise<void> {
  const { title, summary, text } = before;
  await trx
    .insertInto('article_revisions')
    .values({ article_key: before.key, replaced_at: after.now, title, summary, text })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .updateTable('articles')
    .set({
      title: after.article.title,
      summary: after.article.summary,
      text: after.article.text,
    })
    .where('key', '=', before.key)
    .execute();
  // What was read on the page belonged to the old wording.
  await trx.deleteFrom('article_pages').where('article_key', '=', before.key).execute();
}

async function placeArticle(
  trx: Transaction<Schema>,
  place: Schema['article_feeds'],
): Promise<void> {
  await trx
    .insertInto('article_feeds')
    .values(place)
    .onConflict((conflict) =>
      conflict.columns(['article_key', 'feed_id']).doUpdateSet({ position: place.position }),
    )
    .execute();
}
