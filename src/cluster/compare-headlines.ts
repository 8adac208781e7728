import type { Candidate } from '../domain/article.ts';
import type { Background } from './compile-background.ts';
import { DAY } from '../domain/instant.ts';
import { listWords } from './list-words.ts';
import { measureLikeness } from './measure-likeness.ts';
import { removeBoilerplate } from './remove-boilerplate.ts';
import { weighArticles } from './weigh-articles.ts';

/** Lower than the cut of the clustering: two headlines are asked about, not all pairs of a day. */
const SAME_EVENT = 0.16;
/** From this share of equal words at both ends, two titles that differ are two numbers of one series. */
const SERIES_SHARE = 0.5;

/** Two articles of which nothing but the headlines is known. */
export interface HeadlinePair {
  readonly a: Candidate;
  readonly b: Candidate;
}

/**
 * Whether the headlines of each pair report one event, in order; `language` is that of them all.
 * Words are weighed over all the headlines, so that what every pair is about tells little. `score`, 0 to 1, is 0.5 where yes and no meet.
 */
export function compareHeadlines(
  pairs: readonly HeadlinePair[],
  language: string,
  background: Background,
): readonly { same: boolean; score: number }[] {
  const articles = [...new Map(pairs.flatMap(listArticles)).values()];
  const { points } = weighArticles(articles, language, background.get(language));
  const pointByTitle = new Map(articles.map(({ title }, index) => [title, points[index]]));
  return pairs.map(({ a, b }) => {
    const [left, right] = [pointByTitle.get(a.title), pointByTitle.get(b.title)];
    if (!left || !right || isSeries(a.title, b.title)) return { same: false, score: 0 };
    const days = { a: Date.parse(a.publishedAt) / DAY, b: Date.parse(b.publishedAt) / DAY };
    const likeness = measureLikeness({ ...left, day: days.a }, { ...right, day: days.b });
    return { same: likeness >= SAME_EVENT, score: likeness / (likeness + SAME_EVENT) };
  });
}

function listArticles({ a, b }: HeadlinePair): readonly (readonly [string, Candidate])[] {
  return [
    [a.title, a],
    [b.title, b],
  ];
}

/** "Results, round 3" and "Results, round 4". */
function isSeries(a: string, b: string): boolean {
  const [left, right] = [a, b].map((title) => listWords(removeBoilerplate(title))) as [
    string[],
    string[],
  ];
  const longest = Math.max(left.length, right.length);
  const start = countEqual(left, right);
  const rest = [left, right].map((words) => words.slice(start).reverse()) as [string[], string[]];
  const equal = start + countEqual(...rest);
  return equal < longest && equal >= SERIES_SHARE * longest;
}

function countEqual(a: readonly string[], b: readonly string[]): number {
  const different = a.findIndex((word, place) => word !== b[place]);
  return different < 0 ? a.length : different;
}
