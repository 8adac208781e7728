import type { Candidate } from '../domain/article.ts';
import { countWords } from './count-words.ts';
import { findOutdated } from './find-outdated.ts';
import { listRoots } from './list-roots.ts';
import { listSentences } from './list-sentences.ts';
import { weighStory } from './weigh-story.ts';

const MOST_ARTICLES = 12;
const MOST_SENTENCES = 20;
const LEAST_WORDS = 7;
const MOST_WORDS = 30;
/** Most of a sentence must not have been printed. */
const NEW_SHARE = 0.5;
/** A sentence that names nothing of the story needs the one before it. */
const LEAST_CENTRALITY = 0.15;

/** What says that something weighs: a first or greatest, who is touched by it, what follows from it. */
const MATTERS =
  /(?<!\p{L})(?:(?:for the )?first (?:\p{L}+ ){0,4}(?:since|in|for)|the (?:largest|biggest|worst|deadliest|costliest|highest|lowest|closest|longest|strongest)|on record|(?:would|will|could|may) (?:affect|cost|leave|lose|delay|make|mean|push|raise|end|cut off)|mean(?:s|ing) that|more than half|(?:half|a third|two thirds|a quarter) of (?:all|every)|two in three|one in (?:\p{L}+|\d+)|of the market|handles|accounts for|home to|depends? on|lights half|expect shortages|at (?:risk|stake)|threaten(?:s|ed|ing)?|nobody knows|loses? (?:its|their|his|her) (?:only|majority)|zum ersten Mal|erstmals|erste[nrs]? \p{L}+ seit|größte[nrs]?|schwerste[nrs]?|höchste[nrs]?|niedrigste[nrs]?|betroffen|bedeutet|gefährdet|hängt|pour la première fois|première? \p{L}+ (?:depuis|en)|(?:le|la) plus (?:grand|grande|grave|important|importante|meurtrier|meurtrière|fort|forte|bas|basse|haut|haute)|signifie|concern(?:e|er|ent)|menace|dépend|por primera vez|primer[oa]? \p{L}+ (?:desde|en)|(?:el|la|los|las) (?:mayor|peor|más)|significa|afecta(?:ría|rá)?|amenaza|depende)(?!\p{L})/iu;

/** What says that something is going to happen, and when or how surely. */
const COMES =
  /(?<!\p{L})(?:(?:is|are) (?:expected|due|scheduled|set|likely) to|(?:is|are) to (?:be|begin|meet|vote|decide|give)|will (?:be (?:sentenced|decided|published|followed|back)|vote|meet|decide|put|publish|return|begin|start|hold|give|hear|announce|appeal|follow|close|reopen|drill|take part|face)|plan(?:s)? to|expects? to|has \d+ days to|promised (?:an answer|to (?:try|publish|vote))|takes? place in|comes next|follow next|(?:will|would return|promised|to) [^.]{1,60} within (?:\p{L}+ )?(?:hours|days|weeks|months|a (?:week|month|year))|next (?:week|month|year|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|(?:soll|sollen|will|wollen|wird|werden) (?:\p{L}+ ){0,6}(?:am|im|bis|nächste\p{L}*|kommende\p{L}*|entscheiden|abstimmen|beginnen)|erwartet|geplant|(?:doit|doivent|devrait|devraient|prévoit|est prévue?|se prononcera|votera|aura lieu|reviendra)|la semaine prochaine|le mois prochain|(?:prevé|está previst[oa]|debe(?:n|rá)?|votará|decidirá|se celebrará|tendrá lugar)|la próxima semana|el próximo mes)(?!\p{L})/u;

/** Points back to what was named before. */
/** What has been, or is only wished or feared, is nothing to come. */
/** What has been, or is only wished or feared, is nothing to come. */
const PAST =
  /(?<!\p{L})(?:had (?:expected|planned|hoped|promised)|was (?:expected|due) to|were (?:expected|due) to|has not|would have|might|if)(?!\p{L})/u;

/** Points back to what was named before. */
const OPEN_END = /\s(?:one|it|them|so)\.$/u;

/** What of a story is printed already. */
interface Printed {
  readonly texts: readonly string[];
}

/** The sentence of a story's articles that says best why it matters, at most 30 words and not printed yet; null when none says so. */
export function chooseWhyItMatters(
  articles: readonly Candidate[],
  printed: Printed,
): string | null {
  return chooseSaying(articles, printed, (sentence) => MATTERS.test(sentence));
}

/** The sentence of a story's articles that says what comes next, at most 30 words and not printed yet; null when none says so. */
export function chooseWhatNext(articles: readonly Candidate[], printed: Printed): string | null {
  return chooseSaying(
    articles,
    printed,
    (sentence) => COMES.test(cutQuotations(sentence)) && !PAST.test(sentence),
  );
}

function chooseSaying(
  articles: readonly Candidate[],
  printed: Printed,
  says: (sentence: string) => boolean,
): string | null {
  const told = listRoots(printed.texts.join(' '), articles[0]?.language ?? null);
  const isOutdated = findOutdated(articles);
  const measure = weighStory(articles);
  const found = articles
    .slice(0, MOST_ARTICLES)
    .flatMap((article) => listSentences(article).slice(0, MOST_SENTENCES))
    .filter((sentence) => isFit(sentence) && says(sentence) && !isOutdated(sentence))
    .filter((sentence) => isNew(sentence, told) && measure(sentence) >= LEAST_CENTRALITY);
  const [first, ...others] = found;
  if (first === undefined) return null;
  return others.reduce((best, text) => (measure(text) > measure(best) ? text : best), first);
}

function isFit(sentence: string): boolean {
  const words = countWords(sentence);
  return !OPEN_END.test(sentence) && words >= LEAST_WORDS && words <= MOST_WORDS;
}

function isNew(sentence: string, told: ReadonlySet<string>): boolean {
  const roots = [...listRoots(sentence, null)];
  return roots.filter((root) => !told.has(root)).length >= NEW_SHARE * roots.length;
}

function cutQuotations(sentence: string): string {
  return sentence.replace(/["“„«][^"”“»]*["”“»]/g, ' ');
}
