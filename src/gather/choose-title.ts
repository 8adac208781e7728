import { isCutOff, splitSentences } from './split-sentences.ts';
import { stripDateline } from './strip-dateline.ts';

const LONGEST_TITLE = 120;
const SHORTEST_CLAUSE = 35;
/** No title is longer, whatever its sentence; dots then say that words are left out. */
const LAST_RESORT = 300;

/** Where something may begin that can be left out. */
const BOUNDARY = /[,;] | [–—-] | (?=(?:after|before|nachdem|bevor) )/g;
/** What may be left out up to the end: a participle or relative clause, a place and a day, a further clause. */
const ADDITIONS: readonly RegExp[] = [
  /^, (?:\p{Ll}+ing|after|as|before|where|which|while|who|whose|with) [^,]*$/u,
  /^, (?:als|bei|die|der|das|nachdem|um|was|wobei|wo|während|weil) [^,]*$/u,
  /^, (?:alors que|après|avec|ce qui|dont|où|qui|tandis que) [^,]*$/u,
  /^, (?:con|cuando|donde|lo que|mientras|que|tras) [^,]*$/u,
  /^, \p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)? on \p{Lu}\p{Ll}+day\b[^,]*$/u,
  /^; /,
  /^ [–—-] [^–—]*$/,
  /^ (?:after|before|nachdem|bevor) /,
  /^ (?:that|which|who) /,
];
/** "… of a cargo ship that ran aground": what follows only describes something new. But "a claim that …" is nothing without it. */
const NEW_THING =
  /(?<= an? (?:[\p{L}\p{N}]+[ -]){0,3}(?!(?:claim|decision|fact|fear|hope|idea|law|letter|motion|plan|proposal|report|sign|statement|warning) )[\p{L}\p{N}]+) (?=(?:that|which|who) )/gu;
/** A sentence that begins so has its main clause last. */
const SUBORDINATE =
  /^(?:After|Although|As|Because|Before|Despite|Even|If|Once|Since|Though|Unless|Until|When|While|\p{Lu}\p{Ll}+ing|Als|Nachdem|Obwohl|Während|Wenn|Weil|Alors|Après|Bien|Lorsque|Quand|Si|Aunque|Cuando|Después|Mientras|Tras)\b/u;
/** Left out with one of these words, the rest would say more than its source. */
const QUALIFIER =
  /(?<!\p{L})(?:accord\p{L}+|add(?:ed|s)|alleg\p{L}+|announc\p{L}+|apparently|assert\p{L}*|but|claim\p{L}*|den(?:y|ied|ies)|except|if|in case|insist\p{L}*|may|might|not|once|permitting|prov(?:ided|iding)|quoted|report(?:ed|edly|s)|sa(?:id|ys|ying)|stat(?:ed|es)|told|unless|until|warn\p{L}*|without|aber|angeblich|falls|jedoch|laut|nicht|ohne|sagte|sagt|sofern|teilte|wenn|zufolge|affirm\p{L}+|dit|déclaré|mais|ne|pas|sans|sauf|selon|si|afirm\p{L}+|dijo|no|pero|salvo|según|sin)(?!\p{L})/iu;
/** "The line will open after the strike ends" promises nothing without its end. */
const PROMISE = /\b(?:will|would|shall|could|wird|werden|würde|sera|seront|será|serán)\b/u;
/** "…, the harbour master said on Friday" */
const ATTRIBUTION =
  /, (?:\p{L}[^,;:"“”]{2,60}? )?(?:said|says|told|reported|announced|according to)(?: [^,;"“”]{0,50})?$/u;

/** A true headline out of a paragraph's own words: its first sentence, or when that is long the part that stands on its own. */
export function chooseTitle(paragraph: string): string {
  const [first = ''] = splitSentences(stripDateline(paragraph.slice(0, 4_000)));
  const sentence = dropFinalStop(first);
  return sentence.length <= LONGEST_TITLE ? sentence : (shorten(sentence) ?? limitTitle(sentence));
}

/** A sentence or headline without its final stop or comma. */
export function dropFinalStop(sentence: string): string {
  return isCutOff(sentence) ? sentence : sentence.replace(/(?<=[^.\s])\.$|[\s,;:–—-]+$/u, '');
}

/** A headline as it was written, at most 300 characters. */
export function limitTitle(headline: string): string {
  if (headline.length <= LAST_RESORT) return headline;
  const start = headline.slice(0, LAST_RESORT);
  const end = start.lastIndexOf(' ');
  return `${(end > 0 ? start.slice(0, end) : start).toWellFormed()}…`;
}

/** The longest beginning that is true by itself, with the attribution of the whole; null when there is none. */
function shorten(sentence: string): string | null {
  if (SUBORDINATE.test(sentence)) return null;
  const attribution = ATTRIBUTION.exec(sentence)?.[0] ?? '';
  const claim = sentence.slice(0, sentence.length - attribution.length);
  const ends = [...claim.matchAll(BOUNDARY), ...claim.matchAll(NEW_THING)]
    .map((boundary) => boundary.index)
    .filter((end) => end >= SHORTEST_CLAUSE && end + attribution.length <= LONGEST_TITLE)
    .filter((end) => isTrueWithout(claim.slice(0, end), claim.slice(end)));
  return ends.length === 0 ? null : claim.slice(0, Math.max(...ends)) + attribution;
}

function isTrueWithout(start: string, rest: string): boolean {
  const isAddition = ADDITIONS.some((addition) => addition.test(rest));
  return isAddition && isBalanced(start) && !QUALIFIER.test(rest) && !PROMISE.test(start);
}

/** False in the middle of a quotation or bracket. */
function isBalanced(text: string): boolean {
  const count = (mark: RegExp) => text.match(mark)?.length ?? 0;
  return count(/["“”„«»]/g) % 2 === 0 && count(/\(/g) === count(/\)/g);
}
