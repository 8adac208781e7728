import type { Candidate } from '../domain/article.ts';
import { DAY } from '../domain/instant.ts';
import { openTermCounter, type PackedCounts, type TermCounter } from './count-terms.ts';
import type { Point } from './measure-likeness.ts';
import { measureTrust } from './measure-trust.ts';
import type { Vector } from './term-vector.ts';

const GRAM_SHARE = 0.15;
/** Articles we pretend to have read before, each term in as many as the background says: keeps rare and common apart when there are only three. */
const IMAGINED_ARTICLES = 20_000;
/** A second mention says less than the first, and a rare word is not quite as much rarer in meaning as in number. */
const COUNT_POWER = 0.8;
const RARITY_POWER = 0.7;
/** An article with more words to compare is surer to be alike where it seems so. */
const LEAST_TERMS = 12;
const ENOUGH_TERMS = 52;
const SURENESS = 0.7;

export interface WeighedArticles {
  /** One for each article, in their order; its vector is empty when the article has no telling word. */
  readonly points: readonly Point[];
  /** How many of the articles have a term. */
  readonly frequencies: readonly number[];
  /** The word a term stands for as it was first written, or null for a piece of a word. */
  readonly words: readonly (string | null)[];
}

/** How telling each term is, and room to work in: 0 for every term in between. */
interface Scale {
  readonly weights: Float64Array;
  readonly scratch: Float64Array;
}

/** TF-IDF vectors of titles and openings, some of each from the title's character 4-grams; all articles are in `language`; `shares` is its background. */
export function weighArticles(
  articles: readonly Candidate[],
  language: string,
  shares: ReadonlyMap<string, number> = new Map(),
): WeighedArticles {
  const counter = openTermCounter(language);
  const counted = articles.map((article) => ({
    terms: counter.countWords(article),
    grams: counter.countGrams(article.title),
  }));
  const weights = weighTerms(counter, articles.length, shares);
  const scale = { weights, scratch: new Float64Array(weights.length) };
  const points = articles.map((article, index) => ({
    vector: weighArticle(article, counted[index] ?? EMPTY, scale),
    articles: 1,
    cohesion: 0,
    day: Date.parse(article.publishedAt) / DAY,
    outlets: new Map(article.outlet.key === '' ? [] : [[article.outlet.key, 1]]),
  }));
  return { points, frequencies: counter.frequencies, words: counter.words };
}

interface Counted {
  readonly terms: PackedCounts;
  readonly grams: PackedCounts;
}

const EMPTY: Counted = { terms: new Int32Array(), grams: new Int32Array() };

/** How telling each term is (inverse document frequency). */
function weighTerms(
  { frequencies, stems }: TermCounter,
  articles: number,
  shares: ReadonlyMap<string, number>,
): Float64Array {
  return Float64Array.from(frequencies, (frequency, id) => {
    const share = shares.get(stems[id] ?? '') ?? 0;
    const seen = frequency + 1 + IMAGINED_ARTICLES * share;
    return Math.max(0, Math.log((articles + IMAGINED_ARTICLES) / seen)) ** RARITY_POWER;
  });
}

/** As long as what the article shares may be trusted. */
function weighArticle(article: Candidate, { terms, grams }: Counted, scale: Scale): Vector {
  const fullness = measureFullness(terms.length / 2);
  const squares = addScaled(terms, 1 - GRAM_SHARE, scale) + addScaled(grams, GRAM_SHARE, scale);
  const length = Math.sqrt(1 + SURENESS * fullness) * measureTrust(article);
  const factor = squares === 0 ? 0 : length / Math.sqrt(squares);
  const ids = new Int32Array((terms.length + grams.length) / 2);
  for (let place = 0; place < ids.length; place += 1)
    ids[place] =
      (place * 2 < terms.length ? terms[place * 2] : grams[place * 2 - terms.length]) ?? 0;
  ids.sort();
  const weights = new Float32Array(ids.length);
  for (const [place, id] of ids.entries()) {
    weights[place] = (scale.scratch[id] ?? 0) * factor;
    scale.scratch[id] = 0;
  }
  return { ids, weights };
}

/** 0 for a bare title, 1 for one with a whole opening. */
function measureFullness(terms: number): number {
  const share = (terms - LEAST_TERMS) / (ENOUGH_TERMS - LEAST_TERMS);
  return Math.min(1, Math.max(0, share));
}

/** Writes counts times weights, scaled so that their squares add up to `share`; returns that sum, 0 where no term tells. */
function addScaled(counts: PackedCounts, share: number, { weights, scratch }: Scale): number {
  let squares = 0;
  for (let place = 0; place < counts.length; place += 2) {
    const [id, count] = [counts[place] ?? 0, counts[place + 1] ?? 0];
    const weight = count ** COUNT_POWER * (weights[id] ?? 0);
    scratch[id] = weight;
    squares += weight * weight;
  }
  if (squares === 0) return 0;
  const factor = Math.sqrt(share / squares);
  for (let place = 0; place < counts.length; place += 2) {
    const id = counts[place] ?? 0;
    scratch[id] = (scratch[id] ?? 0) * factor;
  }
  return share;
}
