import type { Candidate } from '../domain/article.ts';
import { countWords } from './count-words.ts';
import { splitSentences } from './split-sentences.ts';

const MOST_CHARACTERS = 5_000;
/** An article is asked for its sentences by headline, summary, number and more. */
const known = new WeakMap<Candidate, readonly string[]>();
const LEAST_WORDS = 5;

const DATELINE =
  /^(?:\p{Lu}[\p{L}.'’ -]+(?:,[\p{L}\d.'’, -]{2,40})?\s*)?\((?:Reuters|AP|AFP|UPI|dpa|EFE|PA|Bloomberg|CNN|Xinhua)\)\s*[-–—:]*\s*/u;
const CITY_DATELINE = /^\p{Lu}{3}[\p{Lu}.'’ -]*(?:,[\p{L}\d.'’ -]{2,30})?\s[–—-]{1,2}\s/u;

/** Sentences that lean on what went before: pronouns, connectives, and things only named by what they are. */
const LEANING =
  /^["“„«'‘]?(?:he|she|it|they|this|that|these|those|his|her|hers|its|their|but|and|so|or|yet|however|meanwhile|instead|also|then|still|here|there|such|both|another|others|earlier|later|(?:between|among|for|of) them|the (?:announcement|move|decision|news|comments?|remarks?|statement|report|incident|latter|former|two|pair|measure|findings)|er|sie|es|dies(?:e[rs]?)?|das|aber|und|doch|dabei|damit|dort|il|elle|ils|elles|ce|cela|cette|mais|et|él|ella|ellos|ellas|esto|este|esta|pero|y)(?![\p{L}\p{M}])/iu;

/** "The drug, …" is fine as an opening; later on it was introduced before. */
const LEANING_UNLESS_OPENING = /^["“„«'‘]?(?:The|Der|Die|Das|Le|La|Les|El|Los|Las) \p{Ll}/u;

/** Later on, things that only the sentences before can name: "the company", "without one". */
const LEANING_LATER =
  /(?<!\p{L})(?:the (?:company|firm|group|airline|bank|agency|party|court|club|couple|man|woman|suspect|victim|two|pair)(?!\p{L})|(?:one|it|them|so|did|do)\.$)/u;
const NAME = /(?<=\S\s)\p{Lu}\p{L}/u;

/** "He" or "her" with nobody named before. */
const PERSON = /(?<!\p{L})(?:he|she|his|her|him|hers|himself|herself)(?!\p{L})/u;

/** "Why it matters: …" */
const LABEL = /^[\p{L}’' ]{3,30}:\s/u;

const TIME_NAME =
  /(?<!\p{L})(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)(?!\p{L})/gu;
/** Somebody is meant all the same: "A reader asks why her cousin …". */
const PEOPLE = /(?<!\p{L})(?:an?|every|each|one|two) \p{L}/iu;

/** "Drop a chip of ice into a glass": a way to begin a feature. */
const COMMANDS =
  /^(?:Drop|Take|Imagine|Meet|Picture|Think|Consider|Ask|Tell|See|Follow|Look|Forget|Remember|Try|Call|Refresh|Add|Stellen Sie|Imaginez|Imagine[ns]?) (?:an?|the|of|about|us|at|in|by|this|that|our|if|sich|que)(?!\p{L})/u;

const SPEAKS_TO_READER =
  /(?<![\p{L}.])(?:I|I['’]\p{L}+|[Ww]e|[Oo]ur|[Mm]y|[Yy]ou|[Yy]our|us)(?![\p{L}.])/u;

const FURNITURE =
  /\b(?:click here|read more|read the full|sign up|subscribe|newsletter|continue reading|appeared first on|follow us|image source|image caption|photo by|getty images|cookies|watch the video|listen to|all rights reserved|file photo|advertisement|this (?:article|story|post|video|page))\b|https?:|www\.|©/i;

const ATTRIBUTION =
  /\b(?:said|says|told|added|wrote|according|announced|warned|tweeted|posted|sagte|erklärte|laut|déclaré|affirmé|selon|dijo|afirmó|según)\b/iu;

/** The sentences of an article that can be printed alone, in order: whole, understandable without the ones before, and news. */
export function listSentences(article: Candidate): readonly string[] {
  const found = known.get(article) ?? chooseSentences(article);
  known.set(article, found);
  return found;
}

function chooseSentences(article: Candidate): readonly string[] {
  const sentences = [article.summary, article.text].flatMap((text) =>
    splitSentences(cutDateline(text.slice(0, MOST_CHARACTERS)), article.language)
      .filter((sentence, place) => place === 0 || !leansOnOpening(sentence))
      .filter(canStandAlone)
      .filter((sentence) => !hasLostPerson(sentence, article.language)),
  );
  return [...new Set(sentences)];
}

function leansOnOpening(sentence: string): boolean {
  if (LEANING_UNLESS_OPENING.test(sentence)) return true;
  const leaning = LEANING_LATER.exec(sentence);
  return leaning !== null && !NAME.test(sentence.slice(0, leaning.index));
}

/** In English, the one language whose pronouns for people are never anything else. */
function hasLostPerson(sentence: string, language: string | null): boolean {
  if (!(language ?? 'en').startsWith('en')) return false;
  const said = cutQuotations(sentence).replace(TIME_NAME, '');
  const person = PERSON.exec(said);
  return (
    person !== null &&
    !/\p{Lu}/u.test(said.slice(1, person.index)) &&
    !PEOPLE.test(said.slice(0, person.index))
  );
}

function cutDateline(text: string): string {
  return text.replace(DATELINE, '').replace(CITY_DATELINE, '');
}

function canStandAlone(sentence: string): boolean {
  return (
    isWhole(sentence) &&
    !LEANING.test(sentence) &&
    !LABEL.test(sentence) &&
    !COMMANDS.test(sentence) &&
    !FURNITURE.test(sentence) &&
    !SPEAKS_TO_READER.test(cutQuotations(sentence)) &&
    hasSpeaker(sentence)
  );
}

function isWhole(sentence: string): boolean {
  const isClosed = /[.!。！]["”’»)]*$/u.test(sentence) && !/(?:\.{2}|…)["”’»)]*$/u.test(sentence);
  const startsWhole = /^["“„«'‘(¿¡]*[\p{Lu}\p{Lo}\d$£€]/u.test(sentence);
  const quotes = sentence.match(/["“”„«»]/g)?.length ?? 0;
  return isClosed && startsWhole && quotes % 2 === 0 && isLong(sentence);
}

/** Counting words is slow; where there are many spaces there is no need to. */
function isLong(sentence: string): boolean {
  return (
    sentence.split(' ', 2 * LEAST_WORDS).length === 2 * LEAST_WORDS ||
    countWords(sentence) >= LEAST_WORDS
  );
}

function hasSpeaker(sentence: string): boolean {
  return !/^["“„«'‘]/.test(sentence) || ATTRIBUTION.test(cutQuotations(sentence));
}

function cutQuotations(sentence: string): string {
  return sentence.replace(/["“„«][^"”“»]*["”“»]/g, ' ');
}
