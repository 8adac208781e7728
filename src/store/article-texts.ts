import type { Article } from '../domain/article.ts';
import type { Store } from './open-store.ts';

/** What an article says. */
export type ArticleTexts = Pick<Article, 'key' | 'title' | 'summary' | 'text' | 'language'>;

const PARAMETERS_AT_ONCE = 500;

/** What the articles with these keys say, with what was read on their pages; in no order. */
export async function listArticleTexts(
  store: Store,
  keys: readonly string[],
): Promise<readonly ArticleTexts[]> {
  const found: ArticleTexts[] = [];
  for (let start = 0; start < keys.length; start += PARAMETERS_AT_ONCE) {
    const rows = await store.db
      .selectFrom('articles')
      .leftJoin('article_pages', 'article_pages.article_key', 'articles.key')
      .select(['articles.key', 'articles.title', 'articles.summary', 'articles.text'])
      .select(['articles.language', 'article_pages.text as page_text'])
      .where('articles.key', 'in', keys.slice(start, start + PARAMETERS_AT_ONCE))
      .execute();
    found.push(...rows.map(({ page_text, ...row }) => ({ ...row, text: page_text ?? row.text })));
  }
  return found;
}
