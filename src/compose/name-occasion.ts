import { ELSEWHEN } from './name-count.ts';

/** Whether a sentence tells of another year or time, whose dates and votes are not today's. */
export function saysAnotherTime(sentence: string): boolean {
  return ELSEWHEN.test(sentence);
}

/** The words of a sentence that tell one vote or date of a kind from the next, in one order. */
export function listKinds(sentence: string, kinds: RegExp): string {
  const words = (sentence.match(kinds) ?? []).map((word) => word.toLowerCase());
  return [...new Set(words)].sort().join(' ');
}
