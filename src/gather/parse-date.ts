import type { Instant } from '../domain/instant.ts';
import { findMonth } from './find-month.ts';
import { parseIsoDate } from './parse-iso-date.ts';
import { parseZone, toInstant, type WallTime } from './parse-zone.ts';
import { spellWesternDate } from './spell-western-date.ts';

const LONGEST = 100;
const HALF = String.raw`(?:\s*([ap])\.?m\b\.?)?`;
const COLONS = new RegExp(
  String.raw`(?<![\d:])(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?(?![\d:])${HALF}`,
  'i',
);
const POINTS = new RegExp(
  String.raw`(?<![\d.])(\d{1,2})[.h](\d{2})(?:\.(\d{2}))?(?![\d.])${HALF}`,
  'i',
);
const HOUR = /(?<!\d)(\d{1,2})()()\s*([ap])\.?m\b\.?/i;
const YEAR_FIRST = /(?<!\d)(\d{4})([./-])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)/;
const YEAR_LAST = /(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)/;
/** What stands behind a time and is no part of the day: an offset, the name of a region. */
const OFFSET = /^\s*(?:GMT|UTC)?\s*[+-]\s?\d{1,2}:?\d{2}(?!\d)/i;
const REGION = /[A-Za-z_]+\/[A-Za-z_/+-]+/;

/**
 * The instant a date string of a feed means: RFC 822 and 2822 with zone names and short years, W3C-DTF and other ISO 8601 forms,
 * and what people write by hand in many languages. Without a zone it is read as UTC; null for nonsense.
 */
export function parseDate(text: string): Instant | null {
  const tidy = text
    .slice(0, LONGEST)
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\u2212/g, '-')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  const western = spellWesternDate(tidy);
  return parseIsoDate(western) ?? parseWrittenDate(western);
}

/** Figures with points between them may be a time or, where then no day is left, the day. */
function parseWrittenDate(text: string): Instant | null {
  const colons = COLONS.exec(text);
  if (!colons && /\d:\d/.test(text)) return null;
  if (colons) return readMoment(text, colons);
  const points = POINTS.exec(text) ?? HOUR.exec(text);
  return (points && readMoment(text, points)) ?? readMoment(text, null);
}

function readMoment(text: string, time: RegExpExecArray | null): Instant | null {
  const before = time ? text.slice(0, time.index) : text;
  const after = time ? text.slice(time.index + time[0].length) : '';
  const day = parseDay(`${before} ${after.replace(OFFSET, ' ')}`.replace(REGION, ' '));
  const zone = parseZone(time ? after : text.replace(/[\d+-]+/g, ' '));
  return day && zone !== null ? toInstant({ ...day, ...readClock(time) }, zone) : null;
}

function readClock(time: RegExpExecArray | null): Pick<WallTime, 'hour' | 'minute' | 'second'> {
  const [, hours, minutes, seconds, half] = time ?? [];
  const hour = Number(hours ?? 0);
  return {
    hour: half ? (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : hour,
    minute: Number(minutes ?? 0),
    second: Number(seconds ?? 0),
  };
}

type Day = Pick<WallTime, 'year' | 'month' | 'day'>;

function parseDay(text: string): Day | null {
  const words = text.match(/\p{L}[\p{L}\p{M}]+/gu) ?? [];
  const month = words.map(findMonth).findLast((found) => found !== null) ?? null;
  return month === null ? readNumbers(text) : readAround(month, text.match(/\d+/g) ?? []);
}

/** Day and year beside a month in words: the one with four digits, or above 31, or the second, is the year. */
function readAround(month: number, numbers: readonly string[]): Day | null {
  const [first, second] = numbers;
  if (first === undefined || second === undefined) return null;
  const isYearFirst = first.length > 2 || Number(first) > 31;
  const [day, year] = isYearFirst ? [second, first] : [first, second];
  return { year: widenYear(year), month, day: Number(day) };
}

/** Year, month and day in numbers: American with strokes, where the month can come first; the day first with points and hyphens. */
function readNumbers(text: string): Day | null {
  const [, year, , month, day] = YEAR_FIRST.exec(text) ?? [];
  if (year) return { year: Number(year), month: Number(month), day: Number(day) };
  const [, first, sign, second, last] = YEAR_LAST.exec(text) ?? [];
  if (!first || !second || !last) return null;
  const isMonthFirst = Number(second) > 12 || (sign === '/' && Number(first) <= 12);
  const [monthText, dayText] = isMonthFirst ? [first, second] : [second, first];
  return { year: widenYear(last), month: Number(monthText), day: Number(dayText) };
}

/** Years of one to three digits as RFC 2822, section 4.3 reads them. */
function widenYear(text: string): number {
  const year = Number(text);
  if (text.length <= 2) return year < 50 ? 2000 + year : 1900 + year;
  return text.length === 3 ? 1900 + year : year;
}
