import type { Candidate } from '../domain/article.ts';
import type { NumberOfTheDay } from '../domain/issue.ts';
import { countWords } from './count-words.ts';
import { findOutdated } from './find-outdated.ts';
import { listSentenceClaims } from './list-claims.ts';
import { listRoots } from './list-roots.ts';
import { listSentences } from './list-sentences.ts';
import { nameSource } from './print-story.ts';
import { isCompatible } from './read-reports.ts';

const MOST_WORDS = 30;
const MOST_ARTICLES = 12;

/** A longer word with a capital that is not the first of the sentence. */
const NAME = /(?<=[\p{L}\p{N},;]\s)\p{Lu}[\p{L}’'-]{3,}/gu;

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
 * A striking figure of the day's news, with its source, in a sentence that stands alone: far from its story it names
 * what its titles name. Of the first story that has one; neither sentence nor figure is printed elsewhere in the issue, nor the same thing in
 * rounder words. Null when there is none.
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
  const isTold = findTold(printed, articles[0]?.language?.slice(0, 2) ?? 'en');
  const few = articles.slice(0, MOST_ARTICLES);
  const titles = few.map(({ title }) => title);
  for (const article of few)
    for (const sentence of listSentences(article)) {
      const figure = FIGURE.exec(sentence)?.[0];
      if (figure === undefined || printed.includes(figure) || countWords(sentence) > MOST_WORDS)
        continue;
      if (isAnchored(sentence, titles) && !isTold(sentence) && !isOutdated(sentence))
        return { figure, sentence, source: nameSource(article) };
    }
  return null;
}

/** Whether a sentence has a name of the titles, or two of their other words. */
function isAnchored(sentence: string, titles: readonly string[]): boolean {
  const all = titles.join('\n');
  if ((sentence.match(NAME) ?? []).some((name) => all.includes(name))) return true;
  const told = listRoots(all, null);
  const words = [...listRoots(sentence, null)].filter((root) => /\p{L}/u.test(root));
  return words.filter((root) => told.has(root)).length > 1;
}

/** Whether a sentence counts what is printed already: 58,000 evacuees beside "about 60,000". */
function findTold(printed: string, language: string): (sentence: string) => boolean {
  const told = printed.split('\n').flatMap((text) => listSentenceClaims(text, language));
  return (sentence) =>
    listSentenceClaims(sentence, language).some((claim) =>
      told.some(({ key, figure }) => key === claim.key && isCompatible(figure, claim.figure)),
    );
}
