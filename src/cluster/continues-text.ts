import { listWords } from './list-words.ts';

const LEAST_WORDS = 7;
const LEAST_FIGURES = 2;
const SENTENCE_START = /(?:[.!?)\]…][”"]?\s+|\n\s*|\s[–—-]\s)(?=\p{Lu})/gu;
const NUMBER = /\p{N}[\p{N}.,]*/gu;

/**
 * Whether from the start of some sentence to its (cut) end one text stands word for word in the other: a report reprinted below an
 * opening of the reprinter's own. Quoted words do not count, and reports whose figures all differ are two.
 */
export function continuesText(a: string, b: string): boolean {
  return !haveOtherFigures(a, b) && (endsWithin(a, b) || endsWithin(b, a));
}

function endsWithin(text: string, other: string): boolean {
  const words = ` ${listWords(other).join(' ')} `;
  return listEndings(text).some((ending) => words.includes(` ${ending} `));
}

/** What follows each start of a sentence, without the last word, which may be cut. */
function listEndings(text: string): readonly string[] {
  return [...text.matchAll(SENTENCE_START)]
    .map((start) => start.index + start[0].length)
    .filter((place) => !isInQuotes(text, place))
    .map((place) => listWords(text.slice(place)).slice(0, -1))
    .filter((words) => words.length >= LEAST_WORDS)
    .map((words) => words.join(' '));
}

function isInQuotes(text: string, place: number): boolean {
  return (text.slice(0, place).match(/["“”]/g)?.length ?? 0) % 2 === 1;
}

function haveOtherFigures(a: string, b: string): boolean {
  const [left, right] = [listFigures(a), listFigures(b)];
  const isEnough = Math.min(left.length, right.length) >= LEAST_FIGURES;
  return isEnough && !left.some((figure) => right.includes(figure));
}

function listFigures(text: string): readonly string[] {
  return text.match(NUMBER) ?? [];
}
