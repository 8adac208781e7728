import type { Article } from '../domain/article.ts';

/** However many of its words a story names, interest alone does not make the day. */
const MOST = 3;
const MOST_ARTICLES = 6;

/** What a story gains or loses by the words and phrases a newsletter cares for: each counts once, in a title or summary. */
export function measureInterest(
  articles: readonly Pick<Article, 'title' | 'summary'>[],
  interests: Readonly<Record<string, number>>,
): number {
  const wanted = Object.entries(interests);
  if (wanted.length === 0) return 0;
  const texts = articles.slice(0, MOST_ARTICLES).map((article) => spread(joinTexts(article)));
  const sum = wanted
    .filter(([phrase]) => texts.some((text) => text.includes(spread(phrase))))
    .reduce((total, [, weight]) => total + weight, 0);
  return Math.max(-MOST, Math.min(MOST, sum));
}

function joinTexts({ title, summary }: Pick<Article, 'title' | 'summary'>): string {
  return `${title}\n${summary}`;
}

/** Words between single blanks, so that "rain" is not found in "train". */
function spread(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `;
}
