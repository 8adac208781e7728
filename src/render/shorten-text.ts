// Made when first used: most texts need neither, and making them takes longer than many a command.
let characters: Intl.Segmenter | undefined;
let words: Intl.Segmenter | undefined;

/** How many characters a person would count. */
export function countCharacters(text: string): number {
  return splitCharacters(text).length;
}

/** Letters, digits and signs that never join with what stands beside them. */
const SINGLE = /^[\u0020-\u007e\u00a1-\u02ff\u2010-\u2027]*$/;

/** The characters a person would count, an emoji or an accented letter as one. */
export function splitCharacters(text: string): readonly string[] {
  if (SINGLE.test(text)) return Array.from(text);
  characters ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return Array.from(characters.segment(text), (part) => part.segment);
}

/**
 * At most `most` characters of `text`, with `…` where something was left out.
 * It ends after a sentence when one of at least `least` characters fits, else after a clause, else after a word;
 * only a single word longer than `most` is cut inside.
 */
export function shortenText(text: string, least: number, most: number): string {
  const all = splitCharacters(text);
  if (all.length <= most) return text;
  const sentence = cutAfter(all.slice(0, most).join(''), /^.*[^.\s]{2}(?=[.;!?] )/su);
  if (countCharacters(sentence) >= least) return sentence;
  const start = all.slice(0, most - 1).join('');
  const clause = cutAfter(start, /^.*(?=[,:] | [–—-] )/su);
  if (countCharacters(clause) >= least) return `${clause}…`;
  return `${trimEnd(cutAfterWord(start, all[most - 1] ?? '', least))}…`;
}

function cutAfter(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[0] ?? '';
}

function cutAfterWord(start: string, next: string, least: number): string {
  const room = next === ' ' ? start.length : start.lastIndexOf(' ');
  if (room < least) return cutWithoutSpaces(start, next);
  return dropShortWords(start.slice(0, room), least);
}

/** Chinese, Japanese and Thai have words without spaces between them. */
function cutWithoutSpaces(start: string, next: string): string {
  words ??= new Intl.Segmenter('und', { granularity: 'word' });
  const parts = Array.from(words.segment(start + next), (part) => part.segment);
  const whole = parts.slice(0, -1).join('');
  return whole.length > start.length / 2 ? whole : start;
}

/** A line that ends in "of the" reads worse than a shorter one. */
function dropShortWords(text: string, least: number): string {
  const shorter = text.replace(/ \p{L}{1,3}$/u, '');
  return shorter === text || countCharacters(shorter) < least
    ? text
    : dropShortWords(shorter, least);
}

function trimEnd(text: string): string {
  return text.replace(/[\s,;:–—-]+$/u, '');
}
