import type { Candidate } from '../domain/article.ts';
import { DAY, timeBetween } from '../domain/instant.ts';
import { chooseBody } from './choose-body.ts';
import { listWords } from './list-words.ts';
import { removeBoilerplate } from './remove-boilerplate.ts';
import { measureOverlap, shingleText, type Shingles } from './shingle-text.ts';

const LEAST_OVERLAP = 0.8;
const MOST_DAYS = 3;
const SKETCH_SIZE = 6;
/** Words from which equal titles are no chance. */
const SHORTEST_TITLE = 4;

interface Original {
  readonly shingles: Shingles;
  readonly copies: Candidate[];
}

/**
 * Puts each article next to the one it copies, the earliest first in each group; `articles` are in order of time.
 * Each article is compared only with the few originals its sketch (Broder's smallest hashes) points at, so the work is linear.
 */
export function foldCopies(articles: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const originals: Original[] = [];
  const bySketch = new Map<number | string, Original>();
  for (const article of articles) {
    const shingles = shingleText(`${article.title}. ${chooseBody(article)}`);
    const sketch = sketchArticle(article, shingles);
    const original = sketch
      .map((mark) => bySketch.get(mark))
      .find((known) => known !== undefined && isCopy(article, shingles, known));
    if (original) {
      original.copies.push(article);
      continue;
    }
    const added = { shingles, copies: [article] };
    originals.push(added);
    for (const mark of sketch) bySketch.set(mark, added);
  }
  return originals.map((original) => original.copies);
}

/** A bare title is its own sketch, figures included: "Results, round 3" does not copy "Results, round 4". */
function sketchArticle(article: Candidate, shingles: Shingles): readonly (number | string)[] {
  if (chooseBody(article) !== '') return [...shingles.subarray(0, SKETCH_SIZE)];
  const words = listWords(removeBoilerplate(article.title));
  return words.length < SHORTEST_TITLE ? [] : [words.join(' ')];
}

function isCopy(article: Candidate, shingles: Shingles, original: Original): boolean {
  const first = original.copies[0];
  if (first === undefined) return false;
  const days = Math.abs(timeBetween(first.publishedAt, article.publishedAt)) / DAY;
  return days <= MOST_DAYS && measureOverlap(shingles, original.shingles) >= LEAST_OVERLAP;
}
