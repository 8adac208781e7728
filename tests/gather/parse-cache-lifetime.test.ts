import { expect, it } from 'vitest';
import { parseCacheLifetime } from '../../src/gather/parse-cache-lifetime.ts';

const NOW = '2026-03-09T05:00:00.000Z';
const NONE = { cacheControl: null, age: null, expires: null };

it.each([
  [{}, null],
  [{ cacheControl: 'max-age=600' }, 600],
  [{ cacheControl: 'public, Max-Age = "600", must-revalidate' }, 600],
  [{ cacheControl: 'max-age=600', age: '200' }, 400],
  [{ cacheControl: 'max-age=600', age: '9000' }, 0],
  [{ cacheControl: 'max-age=600', age: 'old' }, 600],
  [{ cacheControl: 's-maxage=600' }, null],
  [{ cacheControl: 'no-cache, max-age=600' }, 0],
  [{ cacheControl: 'no-store' }, 0],
  [{ cacheControl: 'max-age=600', expires: 'Mon, 09 Mar 2026 05:00:05 GMT' }, 600],
  [{ expires: 'Mon, 09 Mar 2026 05:10:00 GMT' }, 600],
  [{ expires: 'Mon, 09 Mar 2026 04:10:00 GMT' }, 0],
  [{ expires: '0' }, 0],
  [{ expires: '-1' }, 0],
])('an answer with %j stays fresh for so many seconds: %s', (headers, seconds) => {
  expect(parseCacheLifetime({ ...NONE, ...headers }, NOW)).toBe(seconds);
});
