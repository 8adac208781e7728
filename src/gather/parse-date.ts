import type { Instant } from '../domain/instant.ts';
import { parseIsoDate } from './parse-iso-date.ts';
import { findMonth } from './find-month.ts';
import { parseZone, toInstant, type WallTime } from './parse-zone.ts';

const LONGEST = 100;
const TIME = /(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?:\s*([ap])\.?m\b\.?)?/i;
/** Year, month and day in either order, with the signs for year and month of Chinese, Japanese and Korean among the separators. */
const NUMBERS = /(?<!\d)(\d{1,4})[./\u5e74\ub144-]\s?(\d{1,2})[./\u6708\uc6d4-]\s?(\d{1,4})(?!\d)/;
const HOUR = /\b(\d{1,2})()()\s*([ap])\.?m\b\.?/i;

/**
 * The instant a date string of a feed means: RFC 822 and 2822 with zone names and short years, W3C-DTF and other ISO 8601 forms,
 * and what people write by hand. Without a zone it is read as UTC; null for nonsense.
 */
export function parseDate(text: string): Instant | null {
  const tidy = text
    .slice(0, LONGEST)
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\u2212/g, '-')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  return parseIsoDate(tidy) ?? parseWordedDate(tidy);
}

function parseWordedDate(text: string): Instant | null {
  const time = findTime(text);
  const day = parseDay(time ? text.slice(0, time.index) : text);
  const rest = time ? text.slice(time.index + time.length) : '';
  const found = day ?? parseDay(`${time ? text.slice(0, time.index) : text} ${rest}`);
  if (!found) return null;
  const zone = parseZone(time ? rest : text);
  const { hour, minute, second } = time ?? { hour: 0, minute: 0, second: 0 };
  return toInstant({ ...found, hour, minute, second }, zone);
}

type Clock = Pick<WallTime, 'hour' | 'minute' | 'second'> & { index: number; length: number };

function findTime(text: string): Clock | null {
  const match = TIME.exec(text) ?? HOUR.exec(text);
  if (!match) return null;
  const [written, hours, minutes, seconds, half] = match;
  const hour = Number(hours);
  return {
    index: match.index,
    length: written.length,
    hour: half ? (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : hour,
    minute: Number(minutes ?? 0),
    second: Number(seconds ?? 0),
  };
}

type Day = Pick<WallTime, 'year' | 'month' | 'day'>;

function parseDay(text: string): Day | null {
  const words = text.match(/\p{L}[\p{L}\p{M}]+/gu) ?? [];
  const month = words.map(findMonth).findLast((found) => found !== null) ?? null;
  if (month === null) return readNumbers(text);
  return readAround(month, text.replace(/[+-]\d{4}\b/g, ' ').match(/\d+/g) ?? []);
}

/** Day and year beside a month in words: the one with four digits, or above 31, or the second, is the year. */
function readAround(month: number, numbers: readonly string[]): Day | null {
  const [first, second] = numbers;
  if (first === undefined || second === undefined) return null;
  const isYearFirst = first.length > 2 || Number(first) > 31;
  const [day, year] = isYearFirst ? [second, first] : [first, second];
  return { year: widenYear(year), month, day: Number(day) };
}

/** Year, month and day in numbers; where both orders are possible the month comes first, as in the feeds that write so. */
function readNumbers(text: string): Day | null {
  const [, first, second, third] = NUMBERS.exec(text) ?? [];
  if (first === undefined || second === undefined || third === undefined) return null;
  if (first.length === 4) return { year: Number(first), month: Number(second), day: Number(third) };
  const isDayFirst = Number(first) > 12;
  const [month, day] = isDayFirst ? [second, first] : [first, second];
  return { year: widenYear(third), month: Number(month), day: Number(day) };
}

/** Years of one to three digits as RFC 2822, section 4.3 reads them. */
function widenYear(text: string): number {
  const year = Number(text);
  if (text.length <= 2) return year < 50 ? 2000 + year : 1900 + year;
  return text.length === 3 ? 1900 + year : year;
}
