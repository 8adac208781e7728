import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { eld as Detector } from 'eld/extrasmall';

/** Fewer letters than this tell too little. */
const MIN_LETTERS = 20;
/** How far the best language must lead the second, in eld's scores of 0 to 1. */
const MIN_LEAD = 0.02;
/** Only the beginning is read, by eld as well. */
const SAMPLE_LENGTH = 1_000;

const LETTER = /\p{L}/gu;
/** One sign of these scripts says about as much as three letters. */
const SYLLABLE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** The language a text is written in as a BCP 47 primary subtag (`en`), or null when it is too short or too unclear to tell. */
export function detectLanguage(text: string): string | null {
  const sample = text.slice(0, SAMPLE_LENGTH);
  if (countLetters(sample) < MIN_LETTERS) return null;
  const result = loadDetector().detect(sample);
  const [best = 0, second = 0] = Object.values(result.getScores());
  return result.isReliable() && best - second >= MIN_LEAD ? result.language : null;
}

function countLetters(text: string): number {
  const letters = text.match(LETTER)?.length ?? 0;
  const syllables = text.match(SYLLABLE)?.length ?? 0;
  return letters + 2 * syllables;
}

/**
 * Loaded at the first call, not at import: reading its data takes 130 ms, which most commands never need.
 * The package can only be imported, so its file is required by path; `require` keeps it loaded.
 */
function loadDetector() {
  const path = fileURLToPath(import.meta.resolve('eld/extrasmall'));
  const { eld } = createRequire(import.meta.url)(path) as { eld: typeof Detector };
  eld.enableTextCleanup(true);
  return eld;
}
