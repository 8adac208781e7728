import type { Article } from '../domain/article.ts';
import type { ArticleRow } from './schema.ts';

type WishRow = Pick<ArticleRow, 'theme_hint' | 'is_pinned' | 'is_opening'>;

/** What an editor asks for, as it is stored with an article. */
export function readWish(row: WishRow): Pick<Article, 'wish'> {
  const [isPinned, isOpening] = [row.is_pinned === 1, row.is_opening === 1];
  if (row.theme_hint === null && !isPinned && !isOpening) return {};
  return { wish: { theme: row.theme_hint, isPinned, ...(isOpening ? { isOpening } : {}) } };
}

/** The columns of what an editor asks for. */
export function writeWish(wish: Article['wish']): WishRow {
  return {
    theme_hint: wish?.theme ?? null,
    is_pinned: Number(wish?.isPinned ?? 0),
    is_opening: Number(wish?.isOpening ?? 0),
  };
}
