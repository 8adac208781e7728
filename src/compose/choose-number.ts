import type { Candidate } from '../domain/article.ts';
import type { NumberOfTheDay } from '../domain/issue.ts';
import { countWords } from './count-words.ts';
import { listSentences } from './list-sentences.ts';
import { nameSource } from './print-story.ts';

const MOST_WORDS = 30;

const MAGNITUDE =
  'millions?|billions?|trillions?|bn|Millionen|Milliarden|milliards?|millones|mil millones';

/** Money, shares and great numbers; a bare figure may be a year, a time, an age or a score. */
const FIGURE = new RegExp(
  [
    `[$£€¥]\\s?\\d[\\d.,]*\\d?(?:\\s?(?:${MAGNITUDE}|m|k|tn)\\b)?`,
    `\\d[\\d.,]*\\s(?:${MAGNITUDE})\\b(?:\\s(?:dollars|euros|pounds|Euro|Dollar))?`,
    '\\d+(?:[.,]\\d+)?(?:%|\\s(?:%|percent\\b|per cent\\b|Prozent\\b|pour cent\\b|por ciento\\b))',
    '\\d{1,3}(?:,\\d{3})+(?![.,]?\\d)',
  ].join('|'),
  'u',
);

/** The first sentence of the day with a striking figure that is not printed elsewhere in the issue, with its source; null when there is none. */
export function chooseNumber(
  articles: readonly Candidate[],
  printed: string,
): NumberOfTheDay | null {
  for (const article of articles)
    for (const sentence of listSentences(article)) {
      const figure = FIGURE.exec(sentence)?.[0];
      if (figure === undefined || printed.includes(sentence) || countWords(sentence) > MOST_WORDS)
        continue;
      return { figure, sentence, source: nameSource(article) };
    }
  return null;
}
