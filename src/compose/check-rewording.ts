import type { RewordableField } from '../domain/issue.ts';
import { countWords } from './count-words.ts';
import { listFigures } from './list-figures.ts';
import { cutEnding, isNameLike, listTokens, type Token } from './list-names.ts';
import { hasPairedMarks, listQuotations } from './list-quotations.ts';
import { findCountingWords } from './number-words.ts';
import { pair, spellOut, STEM_LENGTH, type Evidence } from './read-evidence.ts';

/** Why a text that a model wrote is not printed. */
export type RewordingFault =
  | 'empty'
  | 'too long'
  | 'link'
  | 'markup'
  | 'speaks to the reader'
  | 'number'
  | 'date'
  | 'name'
  | 'quotation'
  | 'certainty'
  | 'unsupported'
  | 'off the story'
  | 'repeats';

/** A text to check, and what it is held against. */
export interface CheckedText {
  readonly field: RewordableField;
  readonly text: string;
  readonly mostWords: number;
  /** The sources' own sentences, which would be printed otherwise. */
  readonly printed: { readonly headline: string; readonly summary: string };
  /** What is printed near it and not to be said again. */
  readonly beside: readonly string[];
}

const LONGEST_HEADLINE = 70;
const LEAST_CONTENT_LENGTH = 4;
/** How much of a text's own words must stand in the sources; all of them where names have no capitals to be told by. */
const LEAST_SUPPORT = 0.7;
const WITHOUT_CAPITALS = ['ar'];
/** How many words on each side say what a figure counts. */
const WORDS_NEXT = 2;
const MOST_REPEATED = 0.85;
const LEAST_SHARED = 2;

const LINK =
  /https?:|www\.|\p{L}@\p{L}|\p{L}\.(?:com|org|net|info|io|biz|ru|cn|xyz|top|shop|example)(?!\p{L})|\S\/\S+\.\S|%[0-9a-f]{2}/iu;
const MARKUP = /[<>{}[\]|`*_~\\^#=]|&\w+;|[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\u2028\u2029]/u;
/** Leftovers of what a model was told, or of what an article told it. */
const ADDRESS =
  /\b(?:as an ai|ai (?:language )?model|i (?:can(?:no|')t|am|will)|i['’]m|ignore (?:all |any |the )?(?:previous|prior|above|earlier)|(?:previous|prior|above) instructions?|system prompt|here (?:is|are) the|here['’]s the|the (?:reports?|sources?|articles?) (?:provided|given|above)|json|click here|buy now|order now|sign up|subscribe|read more|limited offer)\b/iu;
/** What is counted in every second report, yet is on lists of words that say nothing. */
const COUNTED =
  /^(?:years?|months?|weeks?|days?|hours?|minutes?|people|persons?|times?|jahren?|monaten?|wochen?|tagen?|stunden?|menschen|années?|mois|semaines?|jours?|heures?|personnes?|años?|meses|semanas?|días?|horas?|personas?)$/u;
const SHOUTED = /(?<![\p{L}\p{N}])\p{Lu}{3,}[\s,!-]+\p{Lu}{3,}(?![\p{L}\p{N}])/u;

/** Words that lay a claim at somebody's door or take it back: what is told with one is not told without. */
const HEDGE =
  /(?<![\p{L}\p{M}])(?:alleged(?:ly)?|accus(?:e[ds]?|ing)|suspected|reportedly|claim(?:s|ed)?|says?|said|warn(?:s|ed)?|may|might|could|would|likely|plans?|planned|propos(?:e[ds]?|al)|den(?:y|ies|ied)|not|never|no|n['’]t|cannot|without|angeblich|mutmaßlich\p{L}*|soll(?:en|te|ten)?|laut|könnten?|will|wollen|dürften?|nicht|kein\p{L}*|nie|ohne|présumée?s?|accusée?s?|selon|pourrai(?:t|ent)|aurai(?:t|ent)|serai(?:t|ent)|pas|jamais|aucune?|sans|presunt[oa]s?|acusad[oa]s?|según|podrían?|habrían?|no|nunca|sin|iddia|değil|göre)(?![\p{L}\p{M}])/iu;

/** Whether texts in a language can be checked at all: only where its number words are known. */
export function canCheckRewordings(language: string): boolean {
  return findCountingWords(language) !== null;
}

/**
 * Why a model's text must not be printed; null when every number, name and quotation of it stands in the sources, most of
 * its words do, and it is what it should be: about this story, short, plain, and not surer than its sources.
 */
export function checkRewording(checked: CheckedText, evidence: Evidence): RewordingFault | null {
  const { text } = checked;
  const tokens = listTokens(text, evidence.language);
  const checks: readonly [RewordingFault, () => boolean][] = [
    ['empty', () => tokens.length < 3],
    ['too long', () => isTooLong(checked)],
    ['link', () => LINK.test(text)],
    ['markup', () => MARKUP.test(text)],
    ['speaks to the reader', () => ADDRESS.test(text) || isShouting(checked)],
    ['number', () => hasStrangeFigure(text, evidence)],
    ['date', () => hasStrangeDate(tokens, evidence)],
    ['quotation', () => hasStrangeQuotation(text, evidence)],
    ['name', () => hasStrangeName(tokens, evidence)],
    ['certainty', () => isSurer(checked)],
    ['unsupported', () => !isSupported(tokens, evidence)],
    ['off the story', () => !isAboutStory(checked, tokens, evidence)],
    ['repeats', () => isRepeating(checked, tokens, evidence)],
  ];
  return checks.find(([, isAtFault]) => isAtFault())?.[0] ?? null;
}

function isTooLong({ field, text, mostWords }: CheckedText): boolean {
  if (field === 'headline') return text.length > LONGEST_HEADLINE;
  return countWords(text) > mostWords;
}

function isShouting({ text, printed }: CheckedText): boolean {
  const shouted = SHOUTED.exec(text)?.[0];
  return shouted !== undefined && !`${printed.headline} ${printed.summary}`.includes(shouted);
}

/** A figure is known when the sources have it with the same unit and, so that it counts the same thing, near one of the words next to it. */
function hasStrangeFigure(text: string, evidence: Evidence): boolean {
  return listFigures(text, evidence.language).some((figure) => {
    const next = [figure.before, figure.after].flatMap((words) =>
      listStems(words, evidence).slice(0, WORDS_NEXT),
    );
    return !evidence.figures.some((known) => {
      const isSame = known.value === figure.value && ['', known.unit].includes(figure.unit);
      const near = listStems([...known.before, ...known.after], evidence);
      return isSame && (next.length === 0 || near.some((stem) => next.includes(stem)));
    });
  });
}

function listStems(words: readonly string[], { stops }: Evidence): readonly string[] {
  return words
    .filter((word) => !stops.has(word) || COUNTED.test(word))
    .map((word) => word.slice(0, STEM_LENGTH - 1));
}

/** Days and months, which many languages write small. */
function hasStrangeDate(tokens: readonly Token[], { keys, language }: Evidence): boolean {
  const names = listCalendarNames(language);
  return tokens.some(({ text, key }) => names.has(text) && !keys.has(cutEnding(key)));
}

function listCalendarNames(language: string): ReadonlySet<string> {
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)));
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 1)));
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return new Set([
    ...days.map((date) => day.format(date)),
    ...months.map((date) => month.format(date)),
  ]);
}

function hasStrangeQuotation(text: string, { quotations, language }: Evidence): boolean {
  if (!hasPairedMarks(text)) return true;
  return listQuotations(text)
    .map((quotation) => spellOut(listTokens(quotation, language)))
    .some((words) => !quotations.some((known) => known.includes(words)));
}

function hasStrangeName(tokens: readonly Token[], evidence: Evidence): boolean {
  return tokens.some((token, place) => {
    if (!isNameLike(token)) return false;
    if (isCommonOpening(token, evidence)) return false;
    const isKnown = evidence.capitals.has(cutEnding(token.key));
    return !isKnown || !isKnownBeside(tokens[place - 1], token, evidence);
  });
}

/** At the start of a sentence a capital says nothing; the word must then be an ordinary one of the language or of the sources. */
function isCommonOpening(token: Token, { stops, smalls, stems }: Evidence): boolean {
  const { key, text, isOpening } = token;
  if (!/^\p{Lu}\p{Ll}*$/u.test(text)) return false;
  if (stops.has(key)) return true;
  if (!isOpening) return false;
  const isInflected = key.length > STEM_LENGTH && stems.has(key.slice(0, STEM_LENGTH));
  return smalls.has(cutEnding(key)) || isInflected;
}

/** "Ada Smith" is nobody when the sources know an Ada Jones and a Ben Smith. */
function isKnownBeside(before: Token | undefined, token: Token, evidence: Evidence): boolean {
  const isOneName = before && token.isJoined && isNameLike(before);
  if (!isOneName || isCommonOpening(before, evidence)) return true;
  return evidence.pairs.has(pair(before, token));
}

function isSurer({ field, text, printed }: CheckedText): boolean {
  if (field === 'whyItMatters') return false;
  return HEDGE.test(printed[field]) && !HEDGE.test(text);
}

function isSupported(tokens: readonly Token[], evidence: Evidence): boolean {
  const isStrict = WITHOUT_CAPITALS.includes(evidence.language);
  const words = listContent(tokens, evidence);
  const known = words.filter(({ key }) =>
    isStrict ? isKnownArabic(key, evidence) : evidence.stems.has(key.slice(0, STEM_LENGTH)),
  );
  return known.length >= (isStrict ? 1 : LEAST_SUPPORT) * words.length;
}

/** Arabic writes "and", "the", "in" and "for" onto the word. */
function isKnownArabic(key: string, { keys }: Evidence): boolean {
  const bare = key.replace(/^[وفبلك]?(?:ال)?/u, '');
  return [key, bare, `ال${bare}`, `و${bare}`, `وال${bare}`, `بال${bare}`, `لل${bare}`].some(
    (form) => keys.has(form),
  );
}

/** It must share words with what the sources' own sentences would have said in its place: nothing in an article can lead it elsewhere. */
function isAboutStory(checked: CheckedText, tokens: readonly Token[], evidence: Evidence): boolean {
  const { headline, summary } = checked.printed;
  const stems = (list: readonly Token[]) =>
    new Set(listContent(list, evidence).map(({ key }) => key.slice(0, STEM_LENGTH)));
  const known = stems(listTokens(`${headline}. ${summary}`, evidence.language));
  const shared = [...stems(tokens)].filter((stem) => known.has(stem)).length;
  return shared >= Math.min(LEAST_SHARED, Math.max(1, known.size));
}

function isRepeating(
  { beside }: CheckedText,
  tokens: readonly Token[],
  { language }: Evidence,
): boolean {
  return beside.some((other) => {
    const known = new Set(listTokens(other, language).map(({ key }) => key));
    return tokens.filter(({ key }) => known.has(key)).length >= MOST_REPEATED * tokens.length;
  });
}

function listContent(tokens: readonly Token[], { stops }: Evidence): readonly Token[] {
  return tokens.filter(({ key }) => key.length >= LEAST_CONTENT_LENGTH && !stops.has(key));
}
