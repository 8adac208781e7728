import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import type { NewsReason, ThreadLink, ThreadNews, ToldStory } from '../domain/thread.ts';
import { countWords } from './count-words.ts';
import { listSentences } from './list-sentences.ts';
import { listStages } from './list-stages.ts';

const MOST_ARTICLES = 8;
/** A sentence as long as this is read twice before it is understood. */
const MOST_WORDS = 30;
/** A sentence must be about what was told: it has to share so many of its words with it. */
const LEAST_SHARED = 3;
/** Above this share of words never told, something new is said even where no figure, name or stage shows it. */
const NEW_WORDS = 0.6;
const LONG_WORD = 4;

const NUMBER = /(?<![\p{L}\d])\d+(?:[.,]\d+)*(?![\p{L}\d])/gu;
/** "19 people", "17 dead": a figure with what it counts. */
const COUNTED = /(?<![\p{L}\d.,])(\d+(?:[.,]\d+)*)\s+([\p{L}\p{M}]{4,})/gu;
/** Names of several words, which a capital at the start of a sentence cannot be taken for. */
const NAME = /\p{Lu}[\p{L}\p{M}'’-]+(?:\s\p{Lu}[\p{L}\p{M}'’-]+)+/gu;
const TIME = /^(?:19|20)\d\d$/;

/** What was told of a thread, ready to be looked things up in. */
interface Told {
  readonly words: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  /** What was counted, in lower case. */
  readonly counted: ReadonlySet<string>;
  readonly stages: ReadonlyMap<number, string>;
}

/**
 * What each linked story brings that its thread was not told before: by story id. `hasHistory` says whether there are earlier
 * issues at all; without them no story is called new.
 */
export function findNews(
  stories: readonly Story[],
  links: ReadonlyMap<string, ThreadLink>,
  context: {
    readonly articles: ReadonlyMap<string, Candidate>;
    readonly hasHistory: boolean;
  },
): ReadonlyMap<string, ThreadNews> {
  return new Map(
    stories.flatMap((story) => {
      const link = links.get(story.id);
      if (!link) return [];
      const articles = story.articles.flatMap((key) => context.articles.get(key) ?? []);
      return [[story.id, judgeStory(articles, link, context.hasHistory ? 'history' : 'first')]];
    }),
  );
}

function judgeStory(
  articles: readonly Candidate[],
  { thread, told }: ThreadLink,
  issues: 'history' | 'first',
): ThreadNews {
  const last = told.at(-1);
  if (!last) {
    const isNew = issues === 'history';
    return { thread, toldOn: null, isNew, hasNews: true, sentences: [] };
  }
  const before = readTold(told);
  const texts = articles.slice(0, MOST_ARTICLES);
  return {
    thread,
    toldOn: last.date,
    isNew: false,
    hasNews: texts.some((article) => saysMore(joinTexts(article), before)),
    sentences: listNewSentences(texts, before),
  };
}

function readTold(stories: readonly ToldStory[]): Told {
  const text = stories.map((story) => `${story.title}\n${story.text}`).join('\n');
  return {
    words: new Set(listWords(text)),
    numbers: new Set(listNumbers(text)),
    counted: new Set(listCounted(text).map(({ unit }) => unit)),
    stages: listStages(text),
  };
}

function joinTexts({ title, summary, text }: Candidate): string {
  return `${title}\n${text.length > summary.length ? text : summary}`;
}

function saysMore(text: string, told: Told): boolean {
  return listReasons(text, told).length > 0;
}

/** What of a text was not told: where this is nothing, all of it was told before. */
function listReasons(text: string, told: Told): readonly NewsReason[] {
  const words = listWords(text);
  const fresh = words.filter((word) => !told.words.has(word)).length;
  const figures = listNumbers(text).filter((number) => !told.numbers.has(number));
  const stages = [...listStages(text)].filter(([stage]) => !told.stages.has(stage));
  return [
    ...figures.map((said): NewsReason => ({ kind: 'figure', said })),
    ...stages.map(([, said]): NewsReason => ({ kind: 'stage', said })),
    ...listNewNames(text, told).map((said): NewsReason => ({ kind: 'name', said })),
    ...(fresh > NEW_WORDS * words.length
      ? [{ kind: 'words' as const, said: `${Math.round((fresh / words.length) * 100)} %` }]
      : []),
  ];
}

/** Why a story that goes on with a thread has something new to say, each reason once; empty when all of it was told before. */
export function explainNews(
  articles: readonly Candidate[],
  told: readonly ToldStory[],
): readonly NewsReason[] {
  const before = readTold(told);
  const reasons = articles
    .slice(0, MOST_ARTICLES)
    .flatMap((article) => listReasons(joinTexts(article), before));
  return [...new Map(reasons.map((reason) => [`${reason.kind} ${reason.said}`, reason])).values()];
}

/** A changed figure tells the most, then a new stage, then somebody new. */
function listNewSentences(articles: readonly Candidate[], told: Told): readonly string[] {
  const sentences = articles
    .flatMap(listSentences)
    .filter((sentence) => countWords(sentence) <= MOST_WORDS && isAbout(sentence, told));
  const found = [hasChangedFigure, hasNewStage, hasNewName].flatMap((isNews) =>
    sentences.filter((sentence) => isNews(sentence, told)),
  );
  return [...new Set(found)];
}

function isAbout(sentence: string, told: Told): boolean {
  return listWords(sentence).filter((word) => told.words.has(word)).length >= LEAST_SHARED;
}

/** Another number of what was counted before; a number of something else may be about anything. */
function hasChangedFigure(sentence: string, told: Told): boolean {
  return listCounted(sentence).some(
    ({ number, unit }) => !told.numbers.has(number) && told.counted.has(unit),
  );
}

function hasNewStage(text: string, told: Told): boolean {
  return [...listStages(text).keys()].some((stage) => !told.stages.has(stage));
}

function hasNewName(text: string, told: Told): boolean {
  return listNewNames(text, told).length > 0;
}

/** No word of the name was told, so that a title or a first name is not somebody new. */
function listNewNames(text: string, told: Told): readonly string[] {
  return (text.match(NAME) ?? []).filter((name) => {
    const words = listWords(name);
    return words.length >= 2 && words.every((word) => !told.words.has(word));
  });
}

function listWords(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).filter(
    (word) => word.length >= LONG_WORD,
  );
}

function listNumbers(text: string): readonly string[] {
  return (spellOut(text).match(NUMBER) ?? []).filter((number) => !TIME.test(number));
}

function listCounted(text: string): readonly { number: string; unit: string }[] {
  return [...spellOut(text).matchAll(COUNTED)]
    .map(([, number = '', unit = '']) => ({ number, unit: unit.toLowerCase() }))
    .filter(({ number }) => !TIME.test(number));
}

const SPELLED = [
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const SPELLED_NUMBER = new RegExp(`\\b(?:${SPELLED.join('|')})\\b`, 'gi');

/** "Seven people" is 7 people. */
function spellOut(text: string): string {
  return text.replace(SPELLED_NUMBER, (word) => String(SPELLED.indexOf(word.toLowerCase()) + 2));
}
