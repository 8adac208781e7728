import type { Claim } from './claim.ts';
import { listKinds, saysAnotherTime } from './name-occasion.ts';
import type { Figure } from './parse-figures.ts';

const DATE_RANK = 25;
/** Above every count there is, so that no date is taken for one. */
const BASE = 1e9;
const DAYS_OF_MONTH = 40;

interface Occasion {
  readonly name: string;
  /** The end of what stands before the date. */
  readonly words: RegExp;
  /** Printed behind the date. */
  readonly about: string;
}

/** What happens on a date, by language: only what a sentence says right before it, with up to four words between. */
const OCCASIONS: Readonly<Record<string, readonly Occasion[]>> = {
  en: [
    occasion(
      'start',
      'starts?|started|begins?|began|reopens?|opens?|resumes?|launch(?:es)?',
      'for the start',
    ),
    occasion('end', 'ends?|ended|closes?|expires?|deadline', 'for the end'),
    occasion(
      'force',
      'takes? effect|took effect|comes? into force|came into force|applies|apply',
      'for its taking effect',
    ),
    occasion('vote', 'elections?|referendum|vote|votes|polls', 'for the vote'),
    occasion('hearing', 'hearing|trial|court', 'for the hearing'),
    occasion('verdict', 'verdict|sentencing|sentenced', 'for the verdict'),
    occasion('death', 'died|dies', 'for the death'),
  ],
  de: [
    occasion('start', 'beginnt|beginnen|startet|starten|begann|öffnet|eröffnet', 'als Beginn'),
    occasion('end', 'endet|enden|endete|schließt|Frist|läuft', 'als Ende'),
    occasion('force', 'gilt|gelten|tritt|treten', 'als Stichtag'),
    occasion('vote', 'Wahl|Wahlen|Abstimmung|Referendum|wählt|wählen', 'für die Wahl'),
    occasion('hearing', 'Prozess|Verhandlung|Anhörung', 'für die Verhandlung'),
    occasion('death', 'starb|gestorben', 'als Todestag'),
  ],
  fr: [
    occasion(
      'start',
      'commencera?|débutera?|ouvrira?|ouvre|débute|rouvrira?|rouvre',
      'pour le début',
    ),
    occasion('end', 's’achèvera?|prendra fin|prend fin|fermera?|ferme|expire', 'pour la fin'),
    occasion('force', 'entrera en vigueur|entre en vigueur', 'pour l’entrée en vigueur'),
    occasion('vote', 'élections?|scrutin|référendum|vote', 'pour le vote'),
    occasion('hearing', 'procès|audience', 'pour l’audience'),
    occasion('death', 'morte?|décédée?', 'pour le décès'),
  ],
  es: [
    occasion(
      'start',
      'empieza|empezará|comienza|comenzará|abre|abrirá|reabre|reabrirá',
      'para el inicio',
    ),
    occasion('end', 'termina|terminará|acaba|acabará|cierra|cerrará|vence', 'para el final'),
    occasion('force', 'entra en vigor|entrará en vigor', 'para la entrada en vigor'),
    occasion('vote', 'elecciones|referéndum|votación|comicios', 'para la votación'),
    occasion('hearing', 'juicio|audiencia|vista', 'para el juicio'),
    occasion('death', 'murió|falleció', 'para la muerte'),
  ],
};

/** A date that was moved, or may be, is told by each outlet as it stood. */
const MOVED =
  /(?<!\p{L})(?:postpon\p{L}+|delay\p{L}*|reschedul\p{L}+|moved|brought forward|pushed back|instead of|originally|extend\p{L}*|new date|or|expected|could|might|about|around|verschob\p{L}+|verlegt|verlänger\p{L}+|statt|ursprünglich|voraussichtlich|soll|oder|repouss\p{L}+|report[ée]\p{L}*|prolong\p{L}+|initialement|au lieu|pourrait|devrait|ou|aplaz\p{L}+|retras\p{L}+|prorrog\p{L}+|inicialmente|en lugar|podría|o)(?!\p{L})/iu;
/** Which of several; those of two kinds are never held against each other. */
const KINDS =
  /(?<!\p{L})(?:first|second|third|next|last|final|phase|stage|round|parliamentary|presidential|local|erste\p{L}*|zweite\p{L}*|dritte\p{L}*|premi\p{L}+|deuxième|second\p{L}*|troisième|primer\p{L}*|segund\p{L}*|tercer\p{L}*)(?!\p{L})/giu;
const CLAUSE = /; |, (?:and|but|while|und|aber|et|mais|y|pero) /u;
/** One end of a span is no date of its own. */
const SPAN_BEFORE = /\d(?:\.|st|nd|rd|th)? ?(?:-|–|to|and|or|bis|und|au|et|al|y) $|\d[-–]$/iu;
const SPAN_AFTER = /^(?: ?[-–]| (?:to|and|or|bis|und|au|et|al|y) (?:the )?\d)/iu;

/** The dates a sentence gives for something it names: "the trial opens on 12 March". */
export function listDates(sentence: string, language: string): readonly Claim[] {
  const occasions = OCCASIONS[language];
  if (!occasions || MOVED.test(sentence)) return [];
  return listDays(sentence, language).flatMap((figure): Claim[] => {
    const { before, after } = figure;
    const found = occasions.find(({ words }) => words.test(before));
    const isSpan = SPAN_BEFORE.test(before) || SPAN_AFTER.test(after);
    if (!found || isSpan || saysAnotherTime(before + after)) return [];
    const key = `date:${found.name}:${listKinds(sentence, KINDS)}`;
    return [
      {
        key,
        about: found.about,
        isNamed: false,
        rank: DATE_RANK,
        sentence: cutClause(figure),
        figure,
      },
    ];
  });
}

/** What belongs to the date in its sentence: "Ada is buried on 9 March; her brother died on 1 January". */
function cutClause({ before, text, after }: Figure): string {
  const [start, end] = [before.split(CLAUSE).at(-1), after.split(CLAUSE)[0]];
  return `${start ?? ''}${text}${end ?? ''}`;
}

/** Every day of a year that a sentence mentions, whatever for. */
export function listDays(sentence: string, language: string): readonly Figure[] {
  return [...sentence.matchAll(chooseDates(language).pattern)].flatMap((match): Figure[] => {
    const value = readDate(match, language);
    if (value === null) return [];
    return [
      {
        value,
        range: [value, value],
        bound: 'exact',
        unit: 'date',
        text: match[0],
        before: sentence.slice(0, match.index),
        after: sentence.slice(match.index + match[0].length),
      },
    ];
  });
}

function readDate({ groups }: RegExpExecArray, language: string): number | null {
  const { day, month, otherDay, otherMonth } = groups ?? {};
  const place = chooseDates(language).months.indexOf((month ?? otherMonth ?? '').toLowerCase());
  const number = Number.parseInt(day ?? otherDay ?? '', 10);
  return place >= 0 && number >= 1 && number <= 31 ? BASE + place * DAYS_OF_MONTH + number : null;
}

interface DatePattern {
  readonly months: readonly string[];
  readonly pattern: RegExp;
}

const patterns = new Map<string, DatePattern>();

/** "12 March" and "March 12", "12. März", "12 mars", "12 de marzo", with or without a year. */
function chooseDates(language: string): DatePattern {
  const known = patterns.get(language);
  if (known) return known;
  const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  const months = Array.from({ length: 12 }, (_, month) =>
    format.format(Date.UTC(2024, month, 15)).toLowerCase(),
  );
  const names = months.join('|');
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:(?<day>\\d{1,2})(?:\\.|er|st|nd|rd|th)?(?: of| de)? (?<month>${names})|(?<otherMonth>${names}) (?<otherDay>\\d{1,2})(?:st|nd|rd|th)?(?!\\d|[.,:]\\d))(?:,? (?:de )?20\\d\\d)?(?!\\p{L})`,
    'giu',
  );
  const found = { months, pattern };
  patterns.set(language, found);
  return found;
}

function occasion(name: string, words: string, about: string): Occasion {
  return {
    name,
    words: new RegExp(`(?<!\\p{L})(?:${words})(?: \\p{L}[\\p{L}’'-]*){0,4} $`, 'iu'),
    about,
  };
}
