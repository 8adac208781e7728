import type { Candidate } from '../domain/article.ts';
import { countWords } from './count-words.ts';
import { findOutdated } from './find-outdated.ts';
import { listRoots } from './list-roots.ts';
import { listSentences } from './list-sentences.ts';
import { weighStory } from './weigh-story.ts';

const LEAST_WORDS = 8;
const MOST_WORDS = 30;
const MOST_ARTICLES = 12;
const MOST_HEADLINES = 3;
/** A headline of two parts, or a question, is hard to read between others. */
const PARTED = /[:;?…]|\s[–—]\s/u;
/** Most of its words must be new: the same thing in other words is said twice. */
const NEW_SHARE = 0.5;

/** What the line can be made from. */
interface Day {
  /** The articles of the big story. */
  readonly articles: readonly Candidate[];
  /** Headlines of the other stories, those to name first: the big one's own stands right below the line. */
  readonly headlines: readonly string[];
  /** All that is printed of the stories. */
  readonly printed: string;
}

/**
 * The day in a line of at most 30 words: the opening sentence of a report on the big story that says most about it and more
 * than what is printed; without one the headlines of what else matters, two or three side by side. Null when neither can be had.
 */
export function chooseDayLine({ articles, headlines, printed }: Day): string | null {
  const measure = weighStory(articles);
  const isOutdated = findOutdated(articles);
  const told = listRoots(printed, articles[0]?.language ?? null);
  const openings = articles
    .slice(0, MOST_ARTICLES)
    .flatMap((article) => listSentences(article).slice(0, 1))
    .filter((sentence) => hasRoom(sentence) && isNew(sentence, told) && !isOutdated(sentence));
  const [first, ...others] = openings;
  if (first === undefined) return joinHeadlines(headlines);
  return others.reduce((best, text) => (measure(text) > measure(best) ? text : best), first);
}

function hasRoom(sentence: string): boolean {
  const words = countWords(sentence);
  return words >= LEAST_WORDS && words <= MOST_WORDS;
}

function isNew(sentence: string, told: ReadonlySet<string>): boolean {
  const roots = [...listRoots(sentence, null)];
  return roots.filter((root) => !told.has(root)).length >= NEW_SHARE * roots.length;
}

/** As many of the first three as there is room for, at least two: side by side nothing is claimed between them. */
function joinHeadlines(headlines: readonly string[]): string | null {
  const plain = headlines.filter((headline) => !PARTED.test(headline));
  const first = (plain.length > 1 ? plain : headlines).slice(0, MOST_HEADLINES);
  for (let count = first.length; count > 1; count -= 1) {
    const line = first
      .slice(0, count)
      .join('; ')
      .replace(/(?<![.?!…])$/u, '.');
    if (countWords(line) <= MOST_WORDS) return line;
  }
  return null;
}
