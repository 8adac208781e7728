import type { Instant } from '../domain/instant.ts';
import { parseDate } from '../gather/parse-date.ts';

/** The instant a date string means, or null. */
export function parseDateText(text: string): Instant | null {
  return parseDate(text);
}
