import { CLAIM_WORDS, type Role } from './claim-words.ts';
import type { Figure } from './parse-figures.ts';

/** What a figure is about. */
export interface Subject {
  /** Equal for the same thing: `dead:`, `dead:soldiers`, `noun:prisoners`. */
  readonly key: string;
  /** Words that follow the figure in print. */
  readonly about: string;
  /** True when the sentence says itself what it counts; a bare noun or sum could be another one's. */
  readonly isNamed: boolean;
  /** 0 is told first when several things differ. */
  readonly rank: number;
}

const ROLES: readonly Role[] = [
  'dead',
  'injured',
  'missing',
  'arrested',
  'displaced',
  'rescued',
  'jobs',
];
const NOUN_RANK = 30;
const LEAST_COUNTED = 10;

/** A number with these before it is a part, another's count, or what was said before. */
const PART_BEFORE =
  /(?<!\p{L})(?:including|among (?:them|whom|the dead)|of (?:them|whom|those|the|its|their|these|his|her)|whom|which|aged|another|further|than(?: the)?|from|and a|(?:count|figure|toll) of|darunter|unter ihnen|davon|weitere|von|als(?: die)?|dont|parmi (?:eux|elles|lesquels)|âgée?s? de|que les|incluid[oa]s|entre (?:ellos|ellas)|otros|que los|tra cui|incluindo|entre eles|onder wie|waaronder)\s+$/iu;
const PART_AFTER =
  /^\s+(?:more|others?|further|additional|of (?:them|whom|those|these)|weitere[nrs]?|davon|der|de plus|autres|d[’']entre|más|otr[oa]s|de (?:ellos|ellas)|altr[ie]|outr[oa]s|anderen)(?!\p{L})/iu;
/** Whether whoever did it is counted among the dead is a matter of taste. */
const WITH_CULPRIT =
  /(?:including|among them|darunter|dont|parmi eux|incluid[oa]|entre ellos) (?:the |der |die |le |la |el )?(?:gunman|shooter|attackers?|suspects?|bombers?|assailants?|perpetrator|driver|Täter|Schütze|Angreifer|tireur|assaillants?|tirador|atacantes?|agresor)/iu;
const UNSURE =
  /(?<!\p{L})(?:feared|fears?|could|might|may|would|if|expected|risk(?:s|ed|ing)?|befürchte[nt]|könnten?|crain(?:t|dre|drait)|pourrai(?:t|ent)|temen?|podrían?)(?!\p{L})[^,;.]*$/iu;
/** Another time's count. */
export const ELSEWHEN =
  /(?<![\p{L}\p{N}])(?:19\d\d|20[0-3]\d|ago|last (?:year|month|week|decade)|previous|similar|since|so far this year|in recent|each year|every year|per (?:year|day)|a (?:year|day|week)|on average|the year before|vor \p{L}+ (?:Jahr|Monat)en|(?:letzten|vergangenen) Jahr|seit|jährlich|il y a|l[’']an(?:née)? derni(?:er|ère)|depuis|par an|hace|el año pasado|desde|al año)(?![\p{L}\p{N}])/iu;

/** No noun: words that end what is counted, in the languages we know. */
const FUNCTION_WORDS =
  'a an the and or but in at as on of to by with for from near across after before during when while who whom that which is are was were be been being have has had will would could may might it its their his her they he she overnight yesterday today so far no not than over under between against said say says told people’s der die das den dem des ein eine und oder im am bei mit nach von vor zu auf aus für sind ist war waren wurde wurden werden hat haben seien sei le la les des du de et ou dans en à au aux sur par pour après avant ont a sont est été étaient qui que el los las y o e con por para tras han ha fueron fue son il lo gli i nel nella dopo sono hanno os as no na em foram são het een op bij na zijn zijn werden';
const STOPS = new Set(FUNCTION_WORDS.split(' '));
const WEEKDAY = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day/i;
const ANYBODY = new Set(
  'people persons person residents victims inhabitants individuals lives others menschen personen bewohner opfer einwohner leute personnes personne habitants habitant victimes gens personas persona habitantes víctimas vecinos gente persone abitanti vittime pessoas habitantes vítimas moradores mensen inwoners slachtoffers'.split(
    ' ',
  ),
);
/** Measures and times are counted by everyone, about anything. */
const MEASURE =
  /^(?:years?|seasons?|games?|matches|rounds?|laps|yards?|runs|wickets|months?|weeks?|days?|hours?|minutes?|seconds?|nights?|times|points?|metres?|meters?|kilomet(?:re|er)s?|miles?|feet|inches|degrees?|tons|tonnes|litres?|acres?|hectares?|seats?|votes?|goals?|places?|pages?|words?|steps?|dozens?|hundreds?|thousands?|millions?|billions?|percentage|countries|nations|states|members?|ways|things|jahre[n]?|monate[n]?|wochen|tage[n]?|stunden|minuten|meter[n]?|kilometer[n]?|grad|prozent|stimmen|länder[n]?|ans?|années?|mois|semaines?|jours?|heures?|mètres?|kilomètres?|degrés?|voix|pays|años?|meses|semanas?|días?|horas?|minutos?|metros?|kilómetros?|grados|votos|países)$/iu;

const GAP_STOP =
  '(?!(?:and|or|but|while|whose|over|after|for|about|investigating|said|says?|told|accused|charged|linked|because|feared|und|oder|nach|wegen|et|ou|après|pour|y|o|tras|por|e|en|na)\\s)';

interface Patterns {
  readonly role: Role;
  readonly after: RegExp | null;
  readonly before: RegExp | null;
}

const compiled = new Map<string, readonly Patterns[]>();

/** What a bare number counts, or null when that is not clear enough to hold it against another's. */
export function nameCount(figure: Figure, sentence: string, language: string): Subject | null {
  const { before, after } = figure;
  if (PART_BEFORE.test(before.slice(-30)) || PART_AFTER.test(after.slice(0, 30))) return null;
  if (WITH_CULPRIT.test(after.slice(0, 80))) return null;
  if (UNSURE.test(before.slice(-60)) || ELSEWHEN.test(sentence)) return null;
  return nameRole(figure, language) ?? nameNoun(figure);
}

function nameRole({ before, after }: Figure, language: string): Subject | null {
  const matches = chooseRoles(language).flatMap(({ role, ...patterns }) => {
    if (patterns.before?.test(before.slice(-90))) return [{ role, gap: '', isBefore: true }];
    const gap = patterns.after?.exec(after.slice(0, 100))?.[1];
    return gap === undefined ? [] : [{ role, gap, isBefore: false }];
  });
  matches.sort((a, b) => Number(b.isBefore) - Number(a.isBefore) || a.gap.length - b.gap.length);
  const [best] = matches;
  if (!best || (best.role === 'jobs' && !LOSS.test(`${before.slice(-60)} ${after.slice(0, 60)}`)))
    return null;
  const who = nameWho(listNounWords(best.isBefore ? after : best.gap));
  const name = CLAIM_WORDS[language]?.names[best.role] ?? '';
  const about = who === '' || best.role === 'jobs' ? name : `${who} ${name}`;
  return {
    key: `${best.role}:${who}`,
    about,
    isNamed: best.role !== 'jobs',
    rank: ROLES.indexOf(best.role),
  };
}

/** Jobs that go; those that come are another matter. */
const LOSS =
  /(?<!\p{L})(?:cut(?:s|ting)?|shed(?:s|ding)?|axe[sd]?|los[et]|loses|losing|loss(?:es)?|eliminat\p{L}+|slash\p{L}*|at risk|redundan\p{L}+|lay(?:s|ing)? off|laid off|go|going|streich\p{L}*|abbau\p{L}*|bau(?:t|en)|kürz\p{L}*|wegfall\p{L}*|supprim\p{L}+|suppressions?|licenci\p{L}+|menacés?|recort\p{L}+|despid\p{L}+|elimin\p{L}+|suprim\p{L}+|tagli\p{L}*|esuberi|cort\p{L}+|demi\p{L}+|schrapp\p{L}+)(?!\p{L})/iu;

function chooseRoles(language: string): readonly Patterns[] {
  const found = compiled.get(language);
  if (found) return found;
  const words = CLAIM_WORDS[language];
  const patterns = ROLES.map((role) => ({
    role,
    after: compile(words?.after[role], (source) => {
      return `^((?:[ \\u00a0]${GAP_STOP}[\\p{L}’'-]+){0,6}?)[ \\u00a0-](?:${source})(?!\\p{L})`;
    }),
    before: compile(words?.before[role], (source) => `(?<!\\p{L})(?:${source})\\s+$`),
  }));
  compiled.set(language, patterns);
  return patterns;
}

function compile(source: string | undefined, wrap: (source: string) => string): RegExp | null {
  return source === undefined ? null : new RegExp(wrap(source), 'iu');
}

/** "people" and nobody named are the same; "soldiers" are others. */
function nameWho(words: readonly string[]): string {
  if (words.some((word) => ANYBODY.has(word))) return '';
  return words.at(-1) ?? '';
}

/** The words straight behind a number, as far as they can be what is counted. */
function listNounWords(after: string): readonly string[] {
  const run = /^(?:[ \u00a0][\p{L}’'-]+){1,3}/u.exec(after)?.[0] ?? '';
  const words = run.split(/[ \u00a0]/u).filter(Boolean);
  const end = words.findIndex((word) => STOPS.has(word.toLowerCase()) || WEEKDAY.test(word));
  return words.slice(0, end < 0 ? words.length : end).map((word) => word.toLowerCase());
}

/** "212 prisoners": a plural that is no measure, of ten and more; "the 212 people" could be anyone. */
function nameNoun(figure: Figure): Subject | null {
  if (figure.value < LEAST_COUNTED || isYear(figure)) return null;
  const noun = listNounWords(figure.after).find((word) => isPlural(word));
  if (noun === undefined || ANYBODY.has(noun) || MEASURE.test(noun)) return null;
  return { key: `noun:${noun}`, about: noun, isNamed: false, rank: NOUN_RANK };
}

function isYear({ value, text }: Figure): boolean {
  return /^\d{4}$/.test(text) && value >= 1900 && value < 2040;
}

function isPlural(word: string): boolean {
  return word.length >= 4 && /(?:[^su]s|en|er|ne|x|i)$/u.test(word);
}
