/** How fast people read. */
export const WORDS_PER_MINUTE = 238;

/** How many minutes a text of so many words takes to read, at least one. */
export function countMinutes(words: number): number {
  return Math.max(1, Math.ceil(words / WORDS_PER_MINUTE));
}
