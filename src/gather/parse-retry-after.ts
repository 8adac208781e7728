import type { Instant } from '../domain/instant.ts';
import { parseDate } from './parse-date.ts';

/** The seconds a Retry-After header asks us to wait (RFC 9110, section 10.2.3: seconds or an HTTP date); null when it says nothing usable. */
export function parseRetryAfter(header: string | null, now: Instant): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const until = parseDate(text);
  if (!until) return null;
  return Math.max(0, Math.ceil((Date.parse(until) - Date.parse(now)) / 1000));
}
