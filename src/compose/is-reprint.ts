import type { Candidate } from '../domain/article.ts';

const PHRASE = 4;
const COPIED_SHARE = 0.5;
const MOST_CHARACTERS = 3_000;
const LEAST_PHRASES = 8;

/** True when half of the shorter text stands in the longer one word for word: one report, perhaps in two versions. */
export function isReprint(a: Candidate, b: Candidate): boolean {
  const [first, second] = [listPhrases(a), listPhrases(b)];
  const least = Math.min(first.size, second.size);
  if (least < LEAST_PHRASES) return false;
  let shared = 0;
  for (const phrase of first) if (second.has(phrase)) shared += 1;
  return shared >= COPIED_SHARE * least;
}

/** A number says nothing here: a later version of a report has others. */
function listPhrases({ summary, text }: Candidate): ReadonlySet<string> {
  const body = (text.length >= summary.length ? text : summary).slice(0, MOST_CHARACTERS);
  const words = body.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const count = Math.max(0, words.length - PHRASE + 1);
  return new Set(
    Array.from({ length: count }, (_, place) => words.slice(place, place + PHRASE).join(' ')),
  );
}
