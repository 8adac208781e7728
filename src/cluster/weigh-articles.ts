import type { Candidate } from '../domain/article.ts';
import { chooseBody } from './choose-body.ts';
import { chooseStemmer } from './choose-stemmer.ts';
import { DAY } from '../domain/instant.ts';
import { listStopWords } from './list-stop-words.ts';
import { listWords } from './list-words.ts';
import type { Point } from './measure-likeness.ts';
import { removeBoilerplate } from './remove-boilerplate.ts';
import { scaleVector, type Vector } from './term-vector.ts';

const TITLE_COUNTS = 2;
const GRAM_SHARE = 0.1;
const GRAM_LENGTH = 4;
/** Articles we pretend to have read before, each term in as many as the background says: keeps rare and common apart when there are only three. */
const IMAGINED_ARTICLES = 20_000;
/** A second mention says less than the first, and a rare word is not quite as much rarer in meaning as in number. */
const COUNT_POWER = 0.8;
const RARITY_POWER = 0.8;
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

interface Dictionary {
  /** Words by their stems, pieces of words by their hashes. */
  readonly ids: Map<string | number, number>;
  readonly frequencies: number[];
  readonly words: (string | null)[];
}

type Counts = Map<number, number>;

/** Terms and counts in turn: a tenth of the memory, for a hundred thousand articles at once. */
type PackedCounts = Int32Array;

/** TF-IDF vectors of titles and openings, a tenth of each from the title's character 4-grams; all articles are in `language`; `shares` is its background. */
export function weighArticles(
  articles: readonly Candidate[],
  language: string,
  shares: ReadonlyMap<string, number> = new Map(),
): WeighedArticles {
  const dictionary: Dictionary = { ids: new Map(), frequencies: [], words: [] };
  const countTerms = chooseTermCounter(dictionary, language);
  const counted = articles.map((article) => ({
    article,
    terms: packCounts(countTerms(article)),
    grams: packCounts(countGrams(article.title, dictionary)),
  }));
  const weights = weighTerms(dictionary, articles.length, shares);
  const points = counted.map(({ article, terms, grams }) => ({
    vector: weighCounts(terms, grams, weights),
    articles: 1,
    cohesion: 0,
    day: Date.parse(article.publishedAt) / DAY,
    outlets: new Map(article.outlet.key === '' ? [] : [[article.outlet.key, 1]]),
  }));
  return { points, frequencies: dictionary.frequencies, words: dictionary.words };
}

function chooseTermCounter(
  dictionary: Dictionary,
  language: string,
): (article: Candidate) => Counts {
  const stem = chooseStemmer(language);
  const stops = new Set(listStopWords(language));
  return (article) => {
    const counts: Counts = new Map();
    const addWords = (text: string, count: number) => {
      for (const word of listWords(text)) {
        if (stops.has(word) || (word.length < 2 && /[a-z\d]/.test(word))) continue;
        const id = addTerm(dictionary, stem(word), word);
        counts.set(id, (counts.get(id) ?? 0) + count);
      }
    };
    addWords(removeBoilerplate(article.title), TITLE_COUNTS);
    addWords(chooseBody(article), 1);
    for (const id of counts.keys()) countArticle(dictionary, id);
    return counts;
  };
}

function countGrams(title: string, dictionary: Dictionary): Counts {
  const counts: Counts = new Map();
  const text = ` ${listWords(removeBoilerplate(title)).join(' ')} `;
  for (let end = GRAM_LENGTH; end <= text.length; end += 1) {
    const id = addTerm(dictionary, hashGram(text, end), null);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  for (const id of counts.keys()) countArticle(dictionary, id);
  return counts;
}

/** FNV-1a of the characters before `end`. */
function hashGram(text: string, end: number): number {
  let hash = 0x811c9dc5;
  for (let place = end - GRAM_LENGTH; place < end; place += 1)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return hash;
}

function addTerm(dictionary: Dictionary, term: string | number, word: string | null): number {
  const known = dictionary.ids.get(term);
  if (known !== undefined) return known;
  const id = dictionary.words.push(word) - 1;
  dictionary.ids.set(term, id);
  dictionary.frequencies.push(0);
  return id;
}

function packCounts(counts: Counts): PackedCounts {
  const packed = new Int32Array(counts.size * 2);
  let place = 0;
  for (const [id, count] of counts) {
    packed[place++] = id;
    packed[place++] = count;
  }
  return packed;
}

/** How telling each term is (inverse document frequency). */
function weighTerms(
  { ids, frequencies }: Dictionary,
  articles: number,
  shares: ReadonlyMap<string, number>,
): readonly number[] {
  return Array.from(ids, ([term, id]) => {
    const seen = (frequencies[id] ?? 0) + 1 + IMAGINED_ARTICLES * (shares.get(String(term)) ?? 0);
    return Math.max(0, Math.log((articles + IMAGINED_ARTICLES) / seen)) ** RARITY_POWER;
  });
}

function measureSureness(terms: number): number {
  const share = (terms - LEAST_TERMS) / (ENOUGH_TERMS - LEAST_TERMS);
  return Math.sqrt(1 + SURENESS * Math.min(1, Math.max(0, share)));
}

function countArticle(dictionary: Dictionary, id: number): void {
  dictionary.frequencies[id] = (dictionary.frequencies[id] ?? 0) + 1;
}

function weighCounts(terms: PackedCounts, grams: PackedCounts, weights: readonly number[]): Vector {
  const weighed = new Map<number, number>();
  addScaled(weighed, terms, { weights, share: 1 - GRAM_SHARE });
  addScaled(weighed, grams, { weights, share: GRAM_SHARE });
  return scaleVector(weighed, measureSureness(terms.length / 2));
}

/** Adds counts times weights, scaled so that their squares add up to `share`. */
function addScaled(
  weighed: Map<number, number>,
  counts: PackedCounts,
  { weights, share }: { weights: readonly number[]; share: number },
): void {
  let squares = 0;
  for (let place = 0; place < counts.length; place += 2) {
    const [id = 0, count = 0] = [counts[place], counts[place + 1]];
    const weight = count ** COUNT_POWER * (weights[id] ?? 0);
    weighed.set(id, weight);
    squares += weight * weight;
  }
  const scale = squares === 0 ? 0 : Math.sqrt(share / squares);
  for (let place = 0; place < counts.length; place += 2) {
    const id = counts[place] ?? 0;
    weighed.set(id, (weighed.get(id) ?? 0) * scale);
  }
}
