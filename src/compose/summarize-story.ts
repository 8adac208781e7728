import type { Candidate } from '../domain/article.ts';
import { countWords } from './count-words.ts';
import { cutAtClause } from './cut-at-clause.ts';
import { findOutdated } from './find-outdated.ts';
import { listRoots } from './list-roots.ts';
import { listSentences } from './list-sentences.ts';
import { measureAge } from './measure-age.ts';
import { weighStory, type Centrality } from './weigh-story.ts';

const MOST_ARTICLES = 12;
const MOST_SENTENCES = 8;
const LEAST_WORDS_OF_A_CUT = 8;
/** A sentence with so much of it in the headline says nothing new. */
const REPEATED_SHARE = 0.85;
/** A second sentence has to bring this much that was not said. */
const NEW_SHARE = 0.5;
/** Reporters say first what matters; the lead article was chosen to stand for the story. */
const LATER_LEVY = 0.6;
const LEAD_LEVY = 1.1;
/** What the headline's own article says tells more of what the headline promised. */
const HEADLINE_LEVY = 1.25;
const HOURLY_LEVY = 0.97;
/** A second sentence so far from what the story is about needs an introduction. */
const CENTRAL_SHARE = 0.35;
/** How much of what a second sentence says counts for its opening. */
const SECOND_SHARE = 0.4;

interface Room {
  readonly headline: string;
  readonly mostWords: number;
}

interface Opening {
  readonly sentence: string;
  /** What the same article adds to it, if there is room. */
  readonly second: string | null;
  readonly value: number;
}

/**
 * One or two whole sentences of a story's articles (the lead first) that fit the room and do not repeat the headline: the most
 * central opening, and of the same article what adds most to it. No figure that a later report has overtaken.
 * Where none fits, the shortest cut at the end of a clause; '' where that fails too. Nothing is reworded.
 */
export function summarizeStory(articles: readonly Candidate[], room: Room): string {
  const few = articles.slice(0, MOST_ARTICLES);
  const isOutdated = findOutdated(articles);
  const texts = few.map((article) =>
    listSentences(article)
      .slice(0, MOST_SENTENCES)
      .filter((text) => !repeats(text, room.headline) && !isOutdated(text)),
  );
  const measure = weighStory(articles);
  const age = measureAge(few);
  const openings = texts.flatMap((sentences, place) => {
    const opening = chooseOpening(sentences, room, measure);
    if (!opening) return [];
    const isOwner = room.headline !== '' && few[place]?.title.includes(room.headline);
    const levy = (place === 0 ? LEAD_LEVY : 1) * (isOwner ? HEADLINE_LEVY : 1);
    const aged = levy * HOURLY_LEVY ** age(few[place]);
    return [{ ...opening, value: opening.value * aged }];
  });
  const [first, ...others] = openings;
  if (!first) return cutShortest(texts.flat(), room.mostWords) ?? '';
  const best = others.reduce((a, b) => (b.value > a.value ? b : a), first);
  return [best.sentence, best.second ?? ''].join(' ').trim();
}

/** The first sentence of an article that fits, with what adds most to it. */
function chooseOpening(
  sentences: readonly string[],
  room: Room,
  measure: Centrality,
): Opening | null {
  const place = sentences.findIndex((text) => countWords(text) <= room.mostWords);
  const sentence = sentences[place];
  if (sentence === undefined) return null;
  const left = {
    headline: `${room.headline} ${sentence}`,
    mostWords: room.mostWords - countWords(sentence),
  };
  const isCentral = (text: string) => measure(text) >= CENTRAL_SHARE * measure(sentence);
  const rest = sentences.slice(place + 1);
  const second = chooseSecond(rest.filter(isCentral), left, measure);
  const value = measure(sentence) * (place === 0 ? 1 : LATER_LEVY);
  return {
    sentence,
    second,
    value: value + (second === null ? 0 : SECOND_SHARE * measure(second)),
  };
}

function chooseSecond(rest: readonly string[], room: Room, measure: Centrality): string | null {
  const told = listRoots(room.headline, null);
  const fitting = rest.filter((text) => countWords(text) <= room.mostWords && addsTo(text, told));
  const [first, ...others] = fitting;
  if (first === undefined) return null;
  return others.reduce((best, text) => (measure(text) > measure(best) ? text : best), first);
}

function addsTo(sentence: string, told: ReadonlySet<string>): boolean {
  const roots = [...listRoots(sentence, null)];
  return roots.filter((root) => !told.has(root)).length >= NEW_SHARE * roots.length;
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
