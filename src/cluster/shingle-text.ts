import { listWords } from './list-words.ts';

const WORDS_PER_SHINGLE = 3;

/** Hashes of every three words in a row; figures count as equal, so that an updated toll stays the same text. */
export function shingleText(text: string): ReadonlySet<number> {
  const words = listWords(text).map(hashWord);
  const shingles = new Set<number>();
  const size = Math.min(WORDS_PER_SHINGLE, words.length);
  for (let end = size; size > 0 && end <= words.length; end += 1) {
    let hash = 0;
    for (const word of words.slice(end - size, end)) hash = (Math.imul(hash, 31) + word) | 0;
    shingles.add(hash);
  }
  return shingles;
}

/** Share of the smaller set that the larger one has too, 0 to 1. */
export function measureOverlap(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  return shared / small.size;
}

/** FNV-1a, 32 bits. */
function hashWord(word: string): number {
  if (/^\p{N}/u.test(word)) return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1)
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return hash;
}
