import type { Candidate } from '../domain/article.ts';
import { DAY } from '../domain/instant.ts';
import { openTermCounter, type TermCounter } from './count-terms.ts';
import type { Point } from './measure-likeness.ts';
import { measureTrust } from './measure-trust.ts';
import type { Vector } from './term-vector.ts';

const GRAM_SHARE = 0.15;
/** Articles we pretend to have read before, each term in as many as the background says: keeps rare and common apart when there are only three. */
const IMAGINED_ARTICLES = 20_000;
/** A second mention says less than the first, and a rare word is not quite as much rarer in meaning as in number. */
const COUNT_POWER = 0.7;
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

/** TF-IDF vectors of titles and openings, some of each from the title's character 4-grams; all articles are in `language`; `shares` is its background. */
export function weighArticles(
  articles: readonly Candidate[],
  language: string,
  shares: ReadonlyMap<string, number> = new Map(),
): WeighedArticles {
  const counter = openTermCounter(language);
  const counted = articles.map((article) => counter.countTerms(article));
  const { frequencies, words } = counter;
  const rarities = weighTerms(counter, articles.length, shares);
  const isGram = Uint8Array.from(words, (word) => Number(word === null));
  const outlets = new Map<string, ReadonlyMap<string, number>>([['', new Map()]]);
  const points = articles.map((article, place) => {
    const vector = counted[place]!;
    const fullness = scaleCounts(vector, { isGram, rarities, trust: measureTrust(article) });
    const { key } = article.outlet;
    const outlet = outlets.get(key) ?? new Map([[key, 1]]);
    outlets.set(key, outlet);
    const day = Date.parse(article.publishedAt) / DAY;
    return { vector, articles: 1, cohesion: 0, fullness, day, outlets: outlet };
  });
  return { points, frequencies, words };
}

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

/** Turns the counts of an article's terms into their weights, in place: a second array for each of so many articles would cost more than the work. Returns its fullness. */
function scaleCounts(
  { ids, weights }: Vector,
  scale: { isGram: Uint8Array; rarities: Float64Array; trust: number },
): number {
  const { isGram, rarities, trust } = scale;
  let terms = 0;
  let squares = 0;
  let gramSquares = 0;
  for (let place = 0; place < ids.length; place += 1) {
    const weight = weighCount(weights[place]!, rarities[ids[place]!]!);
    if (isGram[ids[place]!]) gramSquares += weight * weight;
    else {
      terms += 1;
      squares += weight * weight;
    }
  }
  const share = (squares > 0 ? 1 - GRAM_SHARE : 0) + (gramSquares > 0 ? GRAM_SHARE : 0);
  const fullness = measureFullness(terms);
  // As long as what the article shares may be trusted: one with more words is surer.
  const length = Math.sqrt(1 + SURENESS * fullness) * trust;
  const factor = share === 0 ? 0 : length / Math.sqrt(share);
  const wordFactor = squares === 0 ? 0 : Math.sqrt((1 - GRAM_SHARE) / squares);
  const gramFactor = gramSquares === 0 ? 0 : Math.sqrt(GRAM_SHARE / gramSquares);
  for (let place = 0; place < ids.length; place += 1) {
    const weight = weighCount(weights[place]!, rarities[ids[place]!]!);
    const part = isGram[ids[place]!] ? gramFactor : wordFactor;
    weights[place] = weight * part * factor;
  }
  return fullness;
}

function weighCount(count: number, rarity: number): number {
  return (COUNT_POWERS[count] ?? count ** COUNT_POWER) * rarity;
}

/** Of the counts that nearly all terms have: a power takes its time. */
const COUNT_POWERS = Float64Array.from({ length: 16 }, (_, count) => count ** COUNT_POWER);

/** 0 for a bare title, 1 for one with a whole opening. */
function measureFullness(terms: number): number {
  const share = (terms - LEAST_TERMS) / (ENOUGH_TERMS - LEAST_TERMS);
  return Math.min(1, Math.max(0, share));
}
