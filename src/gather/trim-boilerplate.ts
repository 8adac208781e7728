import { BOILERPLATE } from './boilerplate-patterns.ts';
import { splitSentences } from './split-sentences.ts';

/** The longest line a site says of itself, and the longest sentence it says so in the middle of news. */
const LONGEST_LINE = 260;
const LONGEST_SENTENCE = 120;

/** "By Ada Lind and Ben Okoro", alone on its line. */
const BYLINE =
  /^By \p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,3}(?:(?:,| and|, and) \p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,3}){0,3}$/u;
const EDGE = /^[\s•·|»›>→-]+|[\s.!?…:»›>→|]+$/g;

/** A paragraph without the sentences in which its site speaks of itself (apps, comments, cookies, newsletters, rights); empty when nothing else is left. */
export function trimBoilerplate(paragraph: string): string {
  if (isBoilerplate(paragraph, LONGEST_LINE) || BYLINE.test(paragraph)) return '';
  const sentences = splitSentences(paragraph);
  const kept = sentences.filter((sentence) => !isBoilerplate(sentence, LONGEST_SENTENCE));
  return kept.length === sentences.length ? paragraph : kept.join(' ');
}

function isBoilerplate(sentence: string, longest: number): boolean {
  if (sentence.length > longest) return false;
  const bare = sentence.replaceAll('’', "'").replaceAll('İ', 'i').replace(EDGE, '');
  return BOILERPLATE.some((pattern) => pattern.test(bare));
}
