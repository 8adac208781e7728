import type { Claim } from './claim.ts';
import { listKinds, saysAnotherTime } from './name-occasion.ts';

const VOTE_RANK = 15;
/** Above every count there is, so that no vote is taken for one. */
const BASE = 2e9;
const SCALE = 10_000;

/** For and against, by language; what says itself that it is a vote. */
const NAMED: Readonly<Record<string, RegExp>> = {
  en: /(?<![\d.,–-])(\d{1,4}) (?:votes? (?:to|against|for,? and)|(?:votes )?in favou?r(?:,| and| to| with)?|for,? and) (\d{1,4})(?: votes)?(?: against)?(?![\d%]|[.,]\d)/giu,
  de: /(?<![\d.,–-])(\d{1,4}) (?:zu|gegen|Ja- (?:zu|gegen|und)|Stimmen (?:gegen|zu)) (\d{1,4}) ?(?:Nein-)?(?:Gegens|S)timmen/giu,
  fr: /(?<![\d.,–-])(\d{1,4}) (?:voix (?:contre|pour(?:,| et)?|à)|pour(?:,| et)) (\d{1,4})(?: voix)?(?: contre)?(?![\d%]|[.,]\d)/giu,
  es: /(?<![\d.,–-])(\d{1,4}) (?:votos (?:contra|frente a|a favor(?:,| y| por| frente a))|a favor(?:,| y| por)) (\d{1,4})(?: en contra)?(?![\d%]|[.,]\d)/giu,
};
/** "71 to 64" and "71-64" are a vote only beside a word that says so. */
const BARE = /(?<![\d.,–-]|\p{L})(\d{1,3})(?: to |-|–)(\d{1,3})(?![\d%–-]|[.,:]\d|\p{L})/gu;
const VOTED_BEFORE =
  /(?<!\p{L})(?:vot(?:e|es|ed|ing)|pass(?:ed|es)|approv(?:ed|es)|reject(?:ed|s)|adopt(?:ed|s)|ratif(?:ied|ies)|defeated|ruled|ruling)(?: \p{L}[\p{L}’'-]*){0,7} $/iu;
const VOTE_AFTER = /^ (?:vote|ruling|decision|margin)(?!\p{L})/iu;
const NO_VOTE =
  /(?:(?<!\p{L})(?:from|aged?|ages|between|pages?|articles?|sections?) $)|(?<!\p{L})(?:goals?|match|league|cup|innings|sets?)(?!\p{L})/iu;
const MEASURED_AFTER =
  /^ ?(?:%|p\.?m|a\.?m|per ?cent|percent|years?|months?|weeks?|days?|hours?|minutes?|million|billion|points?|degrees?|January|February|March|April|May|June|July|August|September|October|November|December)/iu;

/** Which vote of a long day it was; those of two kinds are never held against each other. */
const KINDS =
  /(?<!\p{L})(?:committee|senat\p{L}*|house|lower|upper|amendments?|motions?|procedural|preliminary|first|second|third|final|reading|confidence|council|cabinet|court|justices|board|veto|Ausschuss|Bundesrat|Bundestag|Lesung|Änderung\p{L}*|commission|sénat|assemblée|amendement|lecture|senado|congreso|comisión|enmienda)(?!\p{L})/giu;

const NAMES: Readonly<Record<string, string>> = {
  en: 'in the vote',
  de: 'in der Abstimmung',
  fr: 'lors du vote',
  es: 'en la votación',
};

/** The results of votes that a sentence tells, whichever side it names first. */
export function listVotes(sentence: string, language: string): readonly Claim[] {
  const named = NAMED[language];
  if (!named || saysAnotherTime(sentence)) return [];
  const found = [...sentence.matchAll(named)];
  const bare = language === 'en' ? [...sentence.matchAll(BARE)].filter(isVote) : [];
  const taken = new Set(found.map(({ index }) => index));
  return [...found, ...bare.filter(({ index }) => !taken.has(index))].map((match) => {
    const sides = [Number(match[1]), Number(match[2])].sort((a, b) => b - a);
    const value = BASE + (sides[0] ?? 0) * SCALE + (sides[1] ?? 0);
    return {
      key: `vote:${listKinds(sentence, KINDS)}`,
      about: NAMES[language] ?? '',
      isNamed: false,
      rank: VOTE_RANK,
      sentence,
      figure: {
        value,
        range: [value, value],
        bound: 'exact',
        unit: 'vote',
        text: match[0],
        before: sentence.slice(0, match.index),
        after: sentence.slice(match.index + match[0].length),
      },
    };
  });
}

function isVote({ index, input, 0: text }: RegExpExecArray): boolean {
  const [before, after] = [input.slice(0, index), input.slice(index + text.length)];
  if (NO_VOTE.test(before.slice(-12)) || NO_VOTE.test(after) || MEASURED_AFTER.test(after))
    return false;
  return VOTED_BEFORE.test(before.slice(-90)) || VOTE_AFTER.test(after);
}
