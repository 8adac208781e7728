/** A moment as an ISO 8601 UTC string with milliseconds, so that text order is time order and JSON, SQL and people all read it. */
export type Instant = string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant `milliseconds` after (or, when negative, before) `instant`. */
export function addTime(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Milliseconds from `earlier` to `later`; negative when they are the other way round. */
export function timeBetween(earlier: Instant, later: Instant): number {
  return Date.parse(later) - Date.parse(earlier);
}
