import { BriefingError } from '../domain/briefing-error.ts';
import type { Instant } from '../domain/instant.ts';
import { instantAt, isLocalDate, isLocalTime, isZone } from '../domain/local-time.ts';

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
