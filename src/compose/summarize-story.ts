import type { Candidate } from '../domain/article.ts';
import { countWords } from './count-words.ts';
import { cutAtClause } from './cut-at-clause.ts';
import { listSentences } from './list-sentences.ts';

const MOST_ARTICLES = 6;
const LEAST_WORDS_OF_A_CUT = 8;
/** A sentence with so much of it in the headline says nothing new. */
const REPEATED_SHARE = 0.85;

interface Room {
  readonly headline: string;
  readonly mostWords: number;
}

/**
 * One or two whole sentences of a story's articles (the lead first) that fit the room and do not repeat the headline.
 * Where none fits, the shortest cut at the end of a clause; '' where that fails too. Nothing is reworded.
 */
export function summarizeStory(articles: readonly Candidate[], room: Room): string {
  const texts = articles
    .slice(0, MOST_ARTICLES)
    .map((article) => listSentences(article).filter((text) => !repeats(text, room.headline)));
  for (const sentences of texts) {
    const summary = chooseSentences(sentences, room.mostWords);
    if (summary !== null) return summary;
  }
  return cutShortest(texts.flat(), room.mostWords) ?? '';
}

/** The first sentence that fits, and the one after it when both fit. */
function chooseSentences(sentences: readonly string[], mostWords: number): string | null {
  const place = sentences.findIndex((sentence) => countWords(sentence) <= mostWords);
  const [first, second] = sentences.slice(place, place + 2);
  if (place < 0 || first === undefined) return null;
  const both = `${first} ${second ?? ''}`.trim();
  return countWords(both) <= mostWords ? both : first;
}

function cutShortest(sentences: readonly string[], mostWords: number): string | null {
  const shortestFirst = [...sentences].sort((a, b) => countWords(a) - countWords(b));
  for (const sentence of shortestFirst) {
    const cut = cutAtClause(sentence, (text) => fitsBetween(text, mostWords));
    if (cut !== null) return `${cut}.`;
  }
  return null;
}

function fitsBetween(text: string, mostWords: number): boolean {
  const words = countWords(text);
  return words >= LEAST_WORDS_OF_A_CUT && words <= mostWords;
}

function repeats(sentence: string, headline: string): boolean {
  const known = new Set(listWords(headline));
  const words = listWords(sentence);
  const repeated = words.filter((word) => known.has(word)).length;
  return repeated >= REPEATED_SHARE * words.length;
}

function listWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
