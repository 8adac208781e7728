import { listWords } from './list-words.ts';

const WORDS_PER_SHINGLE = 3;

/** The hashes of every three words in a row, each once, in rising order. */
export type Shingles = Int32Array;

/** Shingles of a text; figures count as equal, so that an updated toll stays the same text. */
export function shingleText(text: string): Shingles {
  const words = listWords(text);
  if (words.length === 0) return new Int32Array(0);
  const hashes = new Int32Array(words.length);
  for (let place = 0; place < words.length; place += 1) hashes[place] = hashWord(words[place]!);
  const size = Math.min(WORDS_PER_SHINGLE, words.length);
  const shingles = hashes.subarray(0, words.length - size + 1);
  for (let start = 0; start < shingles.length; start += 1)
    shingles[start] = hashRow(hashes, start, size);
  return dropRepeats(shingles.sort());
}

/** One hash for as many words in a row. */
function hashRow(hashes: Int32Array, start: number, size: number): number {
  let hash = 0;
  for (let place = start; place < start + size; place += 1)
    hash = (Math.imul(hash, 31) + hashes[place]!) | 0;
  return hash;
}

function dropRepeats(sorted: Int32Array): Int32Array {
  let end = 0;
  for (let place = 0; place < sorted.length; place += 1) {
    const value = sorted[place]!;
    if (end > 0 && sorted[end - 1] === value) continue;
    sorted[end] = value;
    end += 1;
  }
  return sorted.subarray(0, end);
}

/** Share of the smaller set that the larger one has too, 0 to 1. */
export function measureOverlap(a: Shingles, b: Shingles): number {
  if (a.length === 0 || b.length === 0) return 0;
  let shared = 0;
  let left = 0;
  let right = 0;
  while (left < a.length && right < b.length) {
    const first = a[left]!;
    const second = b[right]!;
    if (first === second) shared += 1;
    if (first <= second) left += 1;
    if (second <= first) right += 1;
  }
  return shared / Math.min(a.length, b.length);
}

/** Most words begin with a letter from a to z, and a pattern takes its time. */
function isFigure(word: string): boolean {
  const first = word.charCodeAt(0);
  return (first < 97 || first > 122) && /^\p{N}/u.test(word);
}

/** FNV-1a, 32 bits. */
function hashWord(word: string): number {
  if (isFigure(word)) return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1)
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return hash;
}
