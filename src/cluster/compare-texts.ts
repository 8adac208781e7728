import { continuesText } from './continues-text.ts';
import { removeBoilerplate } from './remove-boilerplate.ts';
import { listWords } from './list-words.ts';
import { measureOverlap, shingleText } from './shingle-text.ts';

const SAME_OVERLAP = 0.6;
/** Below this a shared ending is too short to tell anything. */
const LEAST_OVERLAP = 0.1;
const SHORTEST_BODY = 12;
const MOST_CHARACTERS = 5_000;

interface Text {
  readonly title: string;
  readonly text: string;
}

/**
 * Whether one text is a near-duplicate of the other: the same report reprinted, cut or lightly edited, not another report of the same event.
 * `score`, 0 to 1, is the share of the shorter body found in the longer (at least 0.6 where one goes on as the other does); where a body is missing, whether the titles are equal.
 */
export function compareTexts(a: Text, b: Text): { same: boolean; score: number } {
  const score = hasBody(a) && hasBody(b) ? compareBodies(a, b) : compareTitles(a, b);
  return { same: score >= SAME_OVERLAP, score };
}

function hasBody({ text }: Text): boolean {
  return listWords(text.slice(0, MOST_CHARACTERS)).length >= SHORTEST_BODY;
}

function compareBodies(a: Text, b: Text): number {
  const [left, right] = [a.text.slice(0, MOST_CHARACTERS), b.text.slice(0, MOST_CHARACTERS)];
  const overlap = measureOverlap(shingleText(left), shingleText(right));
  const isCandidate = overlap >= LEAST_OVERLAP && overlap < SAME_OVERLAP;
  return isCandidate && continuesText(left, right) ? SAME_OVERLAP : overlap;
}

function compareTitles(a: Text, b: Text): number {
  const [left, right] = [a, b].map(({ title }) => listWords(removeBoilerplate(title)).join(' '));
  return left !== '' && left === right ? 1 : 0;
}
