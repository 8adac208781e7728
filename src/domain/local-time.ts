import { tzOffset } from '@date-fns/tz';
import { DAY, MINUTE, type Instant } from './instant.ts';

/** A calendar day without a zone, `YYYY-MM-DD`. */
export type LocalDate = string;
/** A wall-clock time without a zone, 24 hours, `HH:MM`. */
export type LocalTime = string;
/** ISO 8601 weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** True for a zone name the runtime's zone data knows, such as `Europe/Berlin` or `Etc/UTC`. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** True for a real calendar day written `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** True for `HH:MM` from 00:00 to 23:59. */
export function isLocalTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/**
 * The instant at which clocks in `zone` show `time` on `date`, or null where the zone skipped that whole date.
 * A time inside a gap moves forward by the gap; a time that occurs twice means the first (RFC 5545, section 3.3.5).
 */
export function instantAt(zone: string, date: LocalDate, time: LocalTime): Instant | null {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const before = offsetAt(zone, wall - DAY);
  const after = offsetAt(zone, wall + DAY);
  const candidates = [wall - before, wall - after]
    .filter((moment) => moment + offsetAt(zone, moment) === wall)
    .sort((a, b) => a - b);
  if (candidates[0] !== undefined) return new Date(candidates[0]).toISOString();
  const gap = after - before;
  return gap >= DAY ? null : new Date(wall - before).toISOString();
}

/** The calendar day in `zone` at `instant`. */
export function localDateAt(zone: string, instant: Instant): LocalDate {
  return wallClock(zone, instant).slice(0, 10);
}

/** The wall-clock time in `zone` at `instant`. */
export function localTimeAt(zone: string, instant: Instant): LocalTime {
  return wallClock(zone, instant).slice(11, 16);
}

/** The calendar day `days` after `date`. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The ISO weekday of a calendar day. */
export function weekdayOf(date: LocalDate): Weekday {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() || 7) as Weekday;
}

function wallClock(zone: string, instant: Instant): string {
  const moment = Date.parse(instant);
  return new Date(moment + offsetAt(zone, moment)).toISOString();
}

function offsetAt(zone: string, moment: number): number {
  return Math.round(tzOffset(zone, new Date(moment)) * MINUTE);
}
