import type { Candidate } from '../domain/article.ts';
import type { NumberOfTheDay } from '../domain/issue.ts';
import { countWords } from './count-words.ts';
import { findOutdated } from './find-outdated.ts';
import { listSentences } from './list-sentences.ts';
import { nameSource } from './print-story.ts';

const MOST_WORDS = 30;
const MOST_ARTICLES = 12;

const MAGNITUDE =
  'millions?|billions?|trillions?|bn|Millionen|Milliarden|milliards?|millones|mil millones';

/** Money, shares and great numbers; a bare figure may be a year, a time, an age or a score. */
const FIGURE = new RegExp(
  [
    `[$£€¥]\\s?\\d[\\d.,]*\\d?(?:\\s?(?:${MAGNITUDE}|m|k|tn)\\b)?`,
    `\\d[\\d.,]*\\s?(?:${MAGNITUDE}|m)\\b(?:\\s(?:dollars|euros|pounds|crowns|Euro|Dollar|Kronen))?`,
    '\\d+(?:[.,]\\d+)?(?:%|\\s(?:%|percent\\b|per cent\\b|Prozent\\b|pour cent\\b|por ciento\\b))',
    '\\d{1,3}(?:,\\d{3})+(?![.,]?\\d)',
  ].join('|'),
  'u',
);

/**
 * A striking figure of the day's news in a sentence that stands alone, with its source: of the first story that has one, and
 * neither sentence nor figure is printed elsewhere in the issue. Null when there is none.
 */
export function chooseNumber(
  stories: readonly (readonly Candidate[])[],
  printed: string,
): NumberOfTheDay | null {
  for (const articles of stories) {
    const found = chooseFigure(articles, printed);
    if (found) return found;
  }
  return null;
}

function chooseFigure(articles: readonly Candidate[], printed: string): NumberOfTheDay | null {
  const isOutdated = findOutdated(articles);
  for (const article of articles.slice(0, MOST_ARTICLES))
    for (const sentence of listSentences(article)) {
      const figure = FIGURE.exec(sentence)?.[0];
      if (figure === undefined || printed.includes(figure) || countWords(sentence) > MOST_WORDS)
        continue;
      if (!isOutdated(sentence)) return { figure, sentence, source: nameSource(article) };
    }
  return null;
}
