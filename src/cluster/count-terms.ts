import type { Candidate } from '../domain/article.ts';
import { chooseBody } from './choose-body.ts';
import { chooseStemmer } from './choose-stemmer.ts';
import { listStopWords } from './list-stop-words.ts';
import { listWords } from './list-words.ts';
import { removeBoilerplate } from './remove-boilerplate.ts';
import type { Vector } from './term-vector.ts';

const TITLE_COUNTS = 2;
const GRAM_LENGTH = 4;
const SILENT = -1;

type Text = Pick<Candidate, 'title' | 'summary' | 'text'>;

/** Gives terms their ids as it meets them. A term is a word stem or a piece of a title. What it counts comes as vectors whose weights are the counts. */
export interface TermCounter {
  /** Word stems of title and opening, stop words left out. */
  countWords(article: Text): Vector;
  /** The same, and the character 4-grams of the title. */
  countTerms(article: Text): Vector;
  /** How many of the articles have a term. */
  readonly frequencies: readonly number[];
  /** The word a term stands for as it was first written, or null for a piece of a word. */
  readonly words: readonly (string | null)[];
  /** The stem of a word's term, or null for a piece of a word. */
  readonly stems: readonly (string | null)[];
}

/** A counter for the articles of one language. */
export function openTermCounter(language: string): TermCounter {
  const readWord = chooseWordReader(language);
  const gramIds = new Map<number, number>();
  const frequencies: number[] = [];
  const words: (string | null)[] = [];
  const stems: (string | null)[] = [];
  const met: number[] = [];
  const addTerm = (stem: string | null, word: string | null): number => {
    words.push(word);
    stems.push(stem);
    return frequencies.push(0) - 1;
  };
  const addWords = (list: readonly string[], count: number): void => {
    for (const word of list) {
      const id = readWord(word, addTerm);
      if (id === SILENT) continue;
      for (let turn = 0; turn < count; turn += 1) met.push(id);
    }
  };
  const addGrams = (title: readonly string[]): void => {
    for (const gram of hashGrams(` ${title.join(' ')} `)) {
      const known = gramIds.get(gram);
      const id = known ?? addTerm(null, null);
      if (known === undefined) gramIds.set(gram, id);
      met.push(id);
    }
  };
  const addArticle = (article: Text): readonly string[] => {
    const title = listWords(removeBoilerplate(article.title));
    addWords(title, TITLE_COUNTS);
    addWords(listWords(chooseBody(article)), 1);
    return title;
  };
  const takeCounts = (): Vector => {
    const counts = countEqual(new Int32Array(met).sort());
    met.length = 0;
    for (const id of counts.ids) frequencies[id]! += 1;
    return counts;
  };
  return {
    countWords(article) {
      addArticle(article);
      return takeCounts();
    },
    countTerms(article) {
      addGrams(addArticle(article));
      return takeCounts();
    },
    frequencies,
    words,
    stems,
  };
}

/** The id of a word's term, or SILENT for one that says nothing; each wording is stemmed once. */
function chooseWordReader(
  language: string,
): (word: string, addTerm: (stem: string, word: string) => number) => number {
  const stem = chooseStemmer(language);
  const idByWord = new Map(listStopWords(language).map((word) => [word, SILENT]));
  const idByStem = new Map<string, number>();
  return (word, addTerm) => {
    const known = idByWord.get(word);
    if (known !== undefined) return known;
    if (word.length < 2 && /[a-z\d]/.test(word)) return SILENT;
    const root = stem(word);
    const id = idByStem.get(root) ?? addTerm(root, word);
    idByStem.set(root, id);
    idByWord.set(word, id);
    return id;
  };
}

/** FNV-1a of every four characters in a row. */
function hashGrams(text: string): Int32Array {
  const grams = new Int32Array(Math.max(0, text.length - GRAM_LENGTH + 1));
  for (let start = 0; start < grams.length; start += 1) {
    let hash = 0x811c9dc5;
    for (let place = start; place < start + GRAM_LENGTH; place += 1)
      hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
    grams[start] = hash;
  }
  return grams;
}

/** Each id once, and how often it was there; `sorted` is used up. */
function countEqual(sorted: Int32Array): Vector {
  const weights = new Float32Array(sorted.length);
  let end = 0;
  for (const id of sorted) {
    if (end === 0 || sorted[end - 1] !== id) sorted[end++] = id;
    weights[end - 1]! += 1;
  }
  return { ids: sorted.slice(0, end), weights: weights.slice(0, end) };
}
