import stopWords from 'stopwords-iso' with { type: 'json' };
import type { Candidate } from '../domain/article.ts';
import { chooseBody } from './choose-body.ts';
import { chooseStemmer } from './choose-stemmer.ts';
import { DAY } from '../domain/instant.ts';
import { listWords } from './list-words.ts';
import type { Point } from './measure-likeness.ts';
import { removeBoilerplate } from './remove-boilerplate.ts';
import { normalizeVector } from './term-vector.ts';

const TITLE_COUNTS = 2;
const GRAM_SHARE = 0.1;
const GRAM_LENGTH = 4;
/** Articles we pretend to have read before, none of them with these terms: keeps rare and common apart when there are only three. */
const IMAGINED_ARTICLES = 500;

export interface WeighedArticles {
  /** One for each article, in their order; its vector is empty when the article has no telling word. */
  readonly points: readonly Point[];
  /** How many of the articles have a term. */
  readonly frequencies: readonly number[];
  /** The word a term stands for as it was first written, or null for a piece of a word. */
  readonly words: readonly (string | null)[];
}

interface Dictionary {
  readonly ids: Map<string, number>;
  readonly frequencies: number[];
  readonly words: (string | null)[];
}

type Counts = Map<number, number>;

/** TF-IDF vectors of titles and openings, a tenth of each from the title's character 4-grams; all articles are in `language`. */
export function weighArticles(articles: readonly Candidate[], language: string): WeighedArticles {
  const dictionary: Dictionary = { ids: new Map(), frequencies: [], words: [] };
  const countTerms = chooseTermCounter(dictionary, language);
  const counted = articles.map((article) => ({
    article,
    terms: countTerms(article),
    grams: countGrams(article.title, dictionary),
  }));
  const weights = dictionary.frequencies.map((frequency) =>
    Math.log((articles.length + IMAGINED_ARTICLES) / (frequency + 1)),
  );
  const points = counted.map(({ article, terms, grams }) => ({
    vector: normalizeVector([
      ...scaleCounts(terms, weights, 1 - GRAM_SHARE),
      ...scaleCounts(grams, weights, GRAM_SHARE),
    ]),
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

function listStopWords(language: string): readonly string[] {
  const lists: Readonly<Record<string, readonly string[]>> = stopWords;
  return (lists[language] ?? []).flatMap(listWords);
}

function countGrams(title: string, dictionary: Dictionary): Counts {
  const counts: Counts = new Map();
  const text = ` ${listWords(removeBoilerplate(title)).join(' ')} `;
  for (let end = GRAM_LENGTH; end <= text.length; end += 1) {
    const id = addTerm(dictionary, `#${text.slice(end - GRAM_LENGTH, end)}`, null);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  for (const id of counts.keys()) countArticle(dictionary, id);
  return counts;
}

function addTerm(dictionary: Dictionary, term: string, word: string | null): number {
  const known = dictionary.ids.get(term);
  if (known !== undefined) return known;
  const id = dictionary.words.push(word) - 1;
  dictionary.ids.set(term, id);
  dictionary.frequencies.push(0);
  return id;
}

function countArticle(dictionary: Dictionary, id: number): void {
  dictionary.frequencies[id] = (dictionary.frequencies[id] ?? 0) + 1;
}

/** Terms and their weights, scaled so that their squares add up to `share`. */
function scaleCounts(
  counts: Counts,
  weights: readonly number[],
  share: number,
): (readonly [number, number])[] {
  const weighed = [...counts].map(([id, count]) => [id, count * (weights[id] ?? 0)] as const);
  const length = Math.hypot(...weighed.map(([, weight]) => weight));
  if (length === 0) return [];
  const scale = Math.sqrt(share) / length;
  return weighed.map(([id, weight]) => [id, weight * scale] as const);
}
