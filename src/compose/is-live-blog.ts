import type { Article } from '../domain/article.ts';

const TITLE = new RegExp(
  [
    '\\blive\\s?blog\\b',
    '\\blive (?:updates?|coverage|ticker|stream)\\b',
    '\\bas it happened\\b',
    '^(?:🔴\\s*)?live\\s*[:|–—-]\\s',
    '\\s[–—|-]\\s?(?:us |uk |politics |business |football )?live$',
    '\\b(?:live-?ticker|newsticker|newsblog)\\b',
    '^en (?:direct|vivo|directo)\\s*[:,|–—-]',
    '[,:|–—-]\\s?(?:en direct|en vivo|en directo)$',
    '\\bminuto a minuto\\b',
    '\\bdiretta\\s*[:|–—]',
  ].join('|'),
  'iu',
);
const PATH =
  /\/(?:live|live-?blog|live-?updates?|live-?ticker|newsticker|en-direct|en-vivo)(?:\/|$)|-live-(?:updates?|blog)(?:-|\/|$)/i;

/** True for a page that is rewritten all day: it may support a story, but what it said in the morning is gone by noon. */
export function isLiveBlog({ title, url }: Pick<Article, 'title' | 'url'>): boolean {
  const path = url !== null && URL.canParse(url) ? new URL(url).pathname : '';
  return TITLE.test(title.trim()) || PATH.test(path);
}
