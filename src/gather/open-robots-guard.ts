import type { Instant } from '../domain/instant.ts';
import { decodeBytes } from './decode-bytes.ts';
import { fetchFeed } from './fetch-feed.ts';
import type { FetchGuard } from './open-fetch-guard.ts';
import { ALLOW_ALL, ALLOW_NONE, parseRobots, type RobotRules } from './parse-robots.ts';

const AGENT = 'daybrief';
const LIMITS = { deadlineMs: 10_000, maxBytes: 1_000_000 };
const TOO_MANY_REQUESTS = 429;

/** A guard that does as the robots.txt of every host says, redirects included (RFC 9309); it asks for each once. `guard` stays the caller's to close. */
export function openRobotsGuard(guard: FetchGuard, now: Instant): FetchGuard {
  const known = new Map<string, Promise<RobotRules>>();
  return {
    ...guard,
    async fetchOnce(url, options) {
      const { origin, host } = new URL(url);
      const rules = known.get(origin) ?? fetchRobots(guard, origin, now);
      known.set(origin, rules);
      if (!(await rules).allows(url)) throw new Error(`${host} asks robots not to read this page.`);
      return guard.fetchOnce(url, options);
    },
  };
}

async function fetchRobots(guard: FetchGuard, origin: string, now: Instant): Promise<RobotRules> {
  const url = `${origin}/robots.txt`;
  const request = { url, etag: null, lastModified: null, isFull: true, now };
  const fetched = await fetchFeed(guard, request, LIMITS);
  if (fetched.outcome === 'fetched')
    return parseRobots(decodeBytes(fetched.bytes, fetched.contentType).text, AGENT);
  const status = fetched.status ?? 0;
  const isMissing = status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS;
  return isMissing ? ALLOW_ALL : ALLOW_NONE;
}
