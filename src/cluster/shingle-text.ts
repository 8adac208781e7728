import { listWords } from './list-words.ts';

const WORDS_PER_SHINGLE = 3;

/** The hashes of every three words in a row, each once, in rising order. */
export type Shingles = Int32Array;

/** Shingles of a text; figures count as equal, so that an updated toll stays the same text. */
export function shingleText(text: string): Shingles {
  const words = Int32Array.from(listWords(text), hashWord);
  const size = Math.min(WORDS_PER_SHINGLE, words.length);
  if (size === 0) return words;
  const shingles = new Int32Array(words.length - size + 1);
  for (let start = 0; start < shingles.length; start += 1) {
    let hash = 0;
    for (let place = start; place < start + size; place += 1)
      hash = (Math.imul(hash, 31) + (words[place] ?? 0)) | 0;
    shingles[start] = hash;
  }
  return dropRepeats(shingles.sort());
}

function dropRepeats(sorted: Int32Array): Int32Array {
  let end = 0;
  for (const value of sorted)
    if (end === 0 || sorted[end - 1] !== value) {
      sorted[end] = value;
      end += 1;
    }
  return sorted.slice(0, end);
}

/** Share of the smaller set that the larger one has too, 0 to 1. */
export function measureOverlap(a: Shingles, b: Shingles): number {
  if (a.length === 0 || b.length === 0) return 0;
  let [shared, left, right] = [0, 0, 0];
  while (left < a.length && right < b.length) {
    const [first, second] = [a[left] ?? 0, b[right] ?? 0];
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
