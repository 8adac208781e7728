import type { Instant } from '../domain/instant.ts';
import { DAY } from '../domain/instant.ts';
import { parseZone, toInstant, type WallTime } from './parse-zone.ts';

type Day = Pick<WallTime, 'year' | 'month' | 'day'>;

/** Days, fullest first, and which group is what; `dayOfYear` as in 2003-335. */
const DAYS: readonly RegExp[] = [
  /^(?<year>\d{4})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?(?=$|[T\sZ]|[+-]\d\d:)/i,
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?=$|[T\s]|\d{4}(?:\d\d)?$)/i,
  /^(?<year>\d{4})-?(?<dayOfYear>\d{3})(?=$|[T\s])/i,
  /^(?<year>\d\d)-(?<month>\d{1,2})-(?<day>\d{1,2})(?=$|[T\s])/i,
  /^(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)$/,
  /^(?<year>\d\d)-?(?<dayOfYear>\d{3})$/,
  /^-(?<year>\d\d)-?(?<month>\d\d)$/,
];
const CLOCK = /^\s*T?\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,:]\d+)?)?(?!\d)|^T(\d\d)(?!\d)/i;
const HALF_DAY = /^\s*[ap]\.?m\b/i;

/** The instant of an ISO 8601 or W3C-DTF date, also with a blank for the T, without separators, with a short year, or cut off after year or month; null for anything else. */
export function parseIsoDate(text: string): Instant | null {
  const match = DAYS.map((form) => form.exec(text)).find((found) => found !== null);
  if (!match?.groups) return null;
  const rest = text.slice(match[0].length);
  const clock = CLOCK.exec(rest);
  if (!clock && /\d:\d/.test(rest.replace(/^[+-]\d\d:\d\d$/, ''))) return null;
  const after = clock ? rest.slice(clock[0].length) : rest;
  const zone = parseZone(after);
  if (zone === null || HALF_DAY.test(after)) return null;
  const [, hour, minute, second, onlyHour] = clock ?? [];
  const time = {
    hour: Number(hour ?? onlyHour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  };
  return toInstant({ ...readDay(match.groups), ...time }, zone);
}

function readDay(groups: Readonly<Record<string, string | undefined>>): Day {
  const { year = '', month = 1, day = 1, dayOfYear } = groups;
  const full = Number(year) + (year.length === 2 ? centuryOf(Number(year)) : 0);
  if (dayOfYear === undefined) return { year: full, month: Number(month), day: Number(day) };
  const date = new Date(Date.UTC(full, 0, 1) + (Number(dayOfYear) - 1) * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function centuryOf(year: number): number {
  return year < 50 ? 2000 : 1900;
}
