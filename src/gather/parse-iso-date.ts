import type { Instant } from '../domain/instant.ts';
import { DAY } from '../domain/instant.ts';
import { parseZone, toInstant } from './parse-zone.ts';

const CALENDAR = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|(\d{2})(\d{2}))?(?=$|[T\s])/i;
const ORDINAL = /^(\d{4})-?(\d{3})(?=$|[T\s])/i;
const CLOCK = /^\s*T?\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,:]\d+)?)?(?!\d)/i;

/** The instant of an ISO 8601 or W3C-DTF date, also with a blank for the T, without separators, or cut off after year or month; null for anything else. */
export function parseIsoDate(text: string): Instant | null {
  const calendar = CALENDAR.exec(text);
  const ordinal = calendar ? null : ORDINAL.exec(text);
  const match = calendar ?? ordinal;
  if (!match) return null;
  const rest = text.slice(match[0].length);
  const clock = CLOCK.exec(rest);
  if (!clock && /\d:\d/.test(rest)) return null;
  const day = ordinal ? readOrdinal(ordinal) : readCalendar(match);
  const time = {
    hour: Number(clock?.[1] ?? 0),
    minute: Number(clock?.[2] ?? 0),
    second: Number(clock?.[3] ?? 0),
  };
  return toInstant({ ...day, ...time }, parseZone(clock ? rest.slice(clock[0].length) : rest));
}

function readCalendar(match: RegExpExecArray): { year: number; month: number; day: number } {
  return {
    year: Number(match[1]),
    month: Number(match[2] ?? match[4] ?? 1),
    day: Number(match[3] ?? match[5] ?? 1),
  };
}

/** Year and day of the year, as `2003-335`. */
function readOrdinal(match: RegExpExecArray): { year: number; month: number; day: number } {
  const date = new Date(Date.UTC(Number(match[1]), 0, 1) + (Number(match[2]) - 1) * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
