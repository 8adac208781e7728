import type { Article } from '../domain/article.ts';

/** As much of an article as the newsroom ever reads. */
const MOST_CHARACTERS = 5_000;
const LEAST_CHARACTERS = 1_000;
/** What all articles of a morning may have together before each is cut shorter: packed it is under 2 MB. */
const MOST_TOGETHER = 4_000_000;

/**
 * The articles with their texts cut to what a morning is made from. Build cuts them before it reads them, so that what is
 * kept with the issue is exactly what was read, and no more than can be kept for ever.
 */
export function limitTexts<Kind extends Article>(articles: readonly Kind[]): readonly Kind[] {
  const share = Math.floor(MOST_TOGETHER / Math.max(1, articles.length));
  const most = Math.min(MOST_CHARACTERS, Math.max(LEAST_CHARACTERS, share));
  return articles.map((article) => {
    const isShort = article.text.length <= most && article.summary.length <= most;
    if (isShort) return article;
    return { ...article, summary: cut(article.summary, most), text: cut(article.text, most) };
  });
}

/** Never through the middle of a character. */
function cut(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}
