import type { Instant } from '../domain/instant.ts';
import { parseDate } from './parse-date.ts';

/** The response headers that say how long it stays fresh; null where one is missing. */
export interface CacheHeaders {
  readonly cacheControl: string | null;
  readonly age: string | null;
  readonly expires: string | null;
}

/** The seconds a response says it stays fresh from now on (RFC 9111, section 4.2.1, as a private cache reads it); null when it does not say. */
export function parseCacheLifetime(headers: CacheHeaders, now: Instant): number | null {
  const control = (headers.cacheControl ?? '').toLowerCase();
  if (/\bno-(cache|store)\b/.test(control)) return 0;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})\b/.exec(control)?.[1];
  if (maxAge !== undefined) return Math.max(0, Number(maxAge) - parseAge(headers.age));
  if (headers.expires === null) return null;
  const until = parseDate(headers.expires);
  return until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - Date.parse(now)) / 1000));
}

function parseAge(header: string | null): number {
  return /^\d{1,9}$/.test(header ?? '') ? Number(header) : 0;
}
