import { BriefingError } from '../domain/briefing-error.ts';
import type { Instant } from '../domain/instant.ts';
import {
  addDays,
  instantAt,
  isLocalDate,
  isLocalTime,
  isZone,
  localDateAt,
} from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { App } from './app.ts';

/** The UTC instant of a local time, or null where the zone skipped that date. Throws BriefingError for what is no zone, date or time. */
export function findSendInstant(zone: string, date: string, time: string): Instant | null {
  if (!isZone(zone))
    throw new BriefingError(
      'invalid',
      `"${zone}" is not a time zone this machine knows. Use a name such as Europe/Berlin.`,
    );
  if (!isLocalDate(date))
    throw new BriefingError('invalid', `"${date}" is not a date. Write it as YYYY-MM-DD.`);
  if (!isLocalTime(time))
    throw new BriefingError('invalid', `"${time}" is not a time. Write it as HH:MM, 24 hours.`);
  return instantAt(zone, date, time);
}

/** When a send is to begin that a person wrote as HH:MM in the newsletter's zone (the next time it is so late) or as an ISO time. */
export function findSendTime(
  app: Pick<App, 'now'>,
  { zone }: Pick<Newsletter, 'zone'>,
  text: string,
): Instant {
  const now = app.now();
  const found = isLocalTime(text) ? findNextTime(zone, text, now) : readInstant(text);
  if (found !== null && found > now) return found;
  throw new BriefingError(
    'invalid',
    `"${text}" is not a time to come. Write --at as HH:MM in ${zone}, or as an ISO time such as 2026-03-09T06:00:00Z.`,
  );
}

function findNextTime(zone: string, time: string, now: Instant): Instant | null {
  const today = localDateAt(zone, now);
  const days = [0, 1, 2].map((day) => instantAt(zone, addDays(today, day), time));
  return days.find((instant) => instant !== null && instant > now) ?? null;
}

function readInstant(text: string): Instant | null {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(
    text,
  );
  const moment = Date.parse(text);
  return isInstant && !Number.isNaN(moment) ? new Date(moment).toISOString() : null;
}
