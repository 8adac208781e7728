import type { Candidate } from '../domain/article.ts';
import { groupByLanguage, weighGroups, type Weighed } from './weigh-groups.ts';
import type { Background } from './compile-background.ts';
import { fadeWithTime, measureLikeness, mixPoints, type Point } from './measure-likeness.ts';
import { listProducts, matchVectors } from './term-vector.ts';

/** A word that an article shares with the rest of its story, and what it adds to the likeness. */
interface SharedWord {
  readonly word: string;
  readonly weight: number;
}

/** Why an article is in its story. */
export interface ArticleReason {
  readonly article: string;
  /** Key of the article it repeats nearly word for word; null for one with a text of its own. */
  readonly copyOf: string | null;
  /** To the rest of the story, 0 to 1; null where there is no rest to compare it with. */
  readonly likeness: number | null;
  /** What resting on few terms leaves of the likeness; 1 is all. */
  readonly evidenceFactor: number;
  /** From the mean time of the rest. */
  readonly daysApart: number;
  /** What the days leave of the likeness, and then what shared outlets leave of that; 1 is all. */
  readonly timeFactor: number;
  readonly outletFactor: number;
  /** The heaviest shared words; with `pieces` and `others` they sum to the likeness. */
  readonly words: readonly SharedWord[];
  /** What pieces of words in the headlines add. */
  readonly pieces: number;
  /** What all lighter words add. */
  readonly others: number;
}

const MOST_WORDS = 8;

/** For each article of a story, in order, what joined it to the rest: the measure of the clustering itself, taken apart. `articles` are all of the morning. */
export function explainStory(
  story: readonly string[],
  articles: readonly Candidate[],
  background: Background,
): readonly ArticleReason[] {
  const reasons = [...groupByLanguage(articles)].flatMap(([language, group]) => {
    const isConcerned = group.some(({ key }) => story.includes(key));
    return isConcerned ? explainLanguage(story, weighGroups(group, language, background)) : [];
  });
  const byKey = new Map(reasons.map((reason) => [reason.article, reason]));
  return story.flatMap((key) => byKey.get(key) ?? []);
}

function explainLanguage(story: readonly string[], weighed: Weighed): readonly ArticleReason[] {
  const members = weighed.groups.flatMap((group, place) => {
    const keys = group.map(({ key }) => key).filter((key) => story.includes(key));
    const point = weighed.points[place];
    return point && keys.length > 0 ? [{ original: group[0]?.key ?? null, keys, point }] : [];
  });
  return members.flatMap((member) => {
    const rest = members.filter((other) => other !== member).map(({ point }) => point);
    return member.keys.map((key) => ({
      article: key,
      copyOf: key === member.original ? null : member.original,
      ...explainPoint(member.point, rest, weighed.words),
    }));
  });
}

function explainPoint(
  point: Point,
  others: readonly Point[],
  words: Weighed['words'],
): Omit<ArticleReason, 'article' | 'copyOf'> {
  const [first, ...more] = others;
  if (!first) return LONE;
  const rest = more.reduce(mixPoints, first);
  const likeness = measureLikeness(point, rest);
  const products = listProducts(point.vector, rest.vector);
  const product = products.reduce((sum, term) => sum + term.product, 0);
  const factor = product === 0 ? 0 : likeness / product;
  const daysApart = Math.abs(point.day - rest.day);
  const timeFactor = fadeWithTime(daysApart);
  const evidenceFactor = product === 0 ? 0 : matchVectors(point.vector, rest.vector) / product;
  const known = timeFactor * evidenceFactor;
  const weights = products.map((term) => ({
    word: words[term.id] ?? null,
    weight: term.product * factor,
  }));
  const whole = weights.flatMap(({ word, weight }) => (word === null ? [] : [{ word, weight }]));
  return {
    likeness,
    daysApart,
    evidenceFactor,
    timeFactor,
    outletFactor: known === 0 ? 0 : factor / known,
    words: whole.slice(0, MOST_WORDS),
    pieces: sumWeights(weights.filter(({ word }) => word === null)),
    others: sumWeights(whole.slice(MOST_WORDS)),
  };
}

const LONE = {
  likeness: null,
  evidenceFactor: 1,
  daysApart: 0,
  timeFactor: 1,
  outletFactor: 1,
  words: [],
  pieces: 0,
  others: 0,
};

function sumWeights(terms: readonly { readonly weight: number }[]): number {
  return terms.reduce((sum, { weight }) => sum + weight, 0);
}
