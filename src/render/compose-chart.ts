import type { NumberOfTheDay } from '../domain/issue.ts';
import { renderPhrase, type Furniture } from './catalogue.ts';
import { cleanText } from './clean-text.ts';

/** Two figures of one kind as bars, the earlier first. */
export interface ChartView {
  /** What the bars say, for who does not see them. */
  readonly label: string;
  readonly bars: readonly {
    readonly name: string;
    readonly figure: string;
    /** Percent of the longest bar, and what is left of it; 0 for nothing. */
    readonly share: number;
    readonly rest: number;
  }[];
}

const MAGNITUDE =
  'millions?|billions?|trillions?|bn|Millionen|Milliarden|milliards?|millones|milyon|milyar|%|percent|per cent|Prozent|pour cent|por ciento';
const NUMBER = String.raw`([$£€¥]?)\s?(\d{1,3}(?: \d{3})+|\d[\d.,]*)(?:\s?(${MAGNITUDE})(?!\p{L}))?`;

/** "to 412,000 from 430,000", "412,000, up from 430,000": the later figure first. */
const LATER_FIRST = new RegExp(
  String.raw`${NUMBER},? (?:(?:(?:up|down) )?from|nach) ${NUMBER}`,
  'u',
);
/** "from 430,000 to 412,000": the earlier one first. */
const EARLIER_FIRST = new RegExp(
  String.raw`(?:\bfrom|\bvon|\bde) ${NUMBER} (?:to|auf|à|a) ${NUMBER}`,
  'u',
);
/** A bar shorter than this cannot be seen beside the other. */
const LEAST_SHARE = 2;

/** The bars for a number of the day whose sentence gives that figure together with what it was before; null where it does not, or where the two are not alike. */
export function composeChart(
  number: Pick<NumberOfTheDay, 'figure' | 'sentence'>,
  { language, furniture }: { readonly language: string; readonly furniture: Furniture },
): ChartView | null {
  const change = findChange(cleanText(number.sentence));
  const figure = joinWords(cleanText(number.figure));
  if (!change?.some(({ text }) => joinWords(text).includes(figure))) return null;
  const [before, now] = change.map(({ digits }) => parseDigits(digits, language));
  if (before === undefined || now === undefined || !(before > 0 && now > 0)) return null;
  const most = Math.max(before, now);
  const shares = [before, now].map((value) => Math.round((100 * value) / most));
  if (before === now || Math.min(...shares) < LEAST_SHARE) return null;
  const names = [furniture.words['chartFrom'] ?? '', furniture.words['chartTo'] ?? ''];
  const [earlier, later] = change.map(({ text }) => text);
  return {
    label: renderPhrase(furniture.words['chartLabel'] ?? '', {
      from: earlier ?? '',
      to: later ?? '',
    }),
    bars: change.map(({ text }, place) => ({
      name: names[place] ?? '',
      figure: text,
      share: shares[place] ?? 0,
      rest: 100 - (shares[place] ?? 0),
    })),
  };
}

/** "2,5 %" and "2,5%" are one figure. */
function joinWords(text: string): string {
  return text.replaceAll(' ', '');
}

interface Figure {
  readonly text: string;
  readonly digits: string;
}

/** Earlier and later figure, both in the same unit. */
function findChange(sentence: string): readonly Figure[] | null {
  const forwards = EARLIER_FIRST.exec(sentence);
  const found = forwards ?? LATER_FIRST.exec(sentence);
  if (!found) return null;
  const [, ...parts] = found;
  const [one, other] = [parts.slice(0, 3), parts.slice(3)];
  const isAlike = one[0] === other[0] && one[2] === other[2];
  if (!isAlike || [one, other].some(isBare)) return null;
  const figures = [one, other].map(toFigure);
  return forwards ? figures : figures.reverse();
}

/** A figure without a unit or a thousands mark may be a year, an age or a score. */
function isBare([currency = '', digits = '', unit = '']: readonly (string | undefined)[]): boolean {
  return currency + unit === '' && !/\d[., ]\d{3}/.test(digits);
}

function toFigure([currency = '', digits = '', unit = '']: readonly (
  string | undefined
)[]): Figure {
  const trimmed = digits.replace(/\D+$/, '');
  const gap = unit === '' || unit === '%' ? '' : ' ';
  return { text: `${currency}${trimmed}${gap}${unit}`, digits: trimmed };
}

/** "1.234" is more than a thousand in some languages and little more than one in others. */
function parseDigits(digits: string, language: string): number {
  const decimal = /^(az|de|es|fr|it|nl|pt|tr)\b/.test(language) ? ',' : '.';
  const plain = digits
    .replaceAll(decimal, '#')
    .replace(/[.,\s]/g, '')
    .replace('#', '.');
  return Number(plain);
}
