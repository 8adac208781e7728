import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a request showed the token. Hashes are compared, so that the time it takes tells nothing about the token. */
export function isSameToken(shown: string, token: string): boolean {
  const [a, b] = [shown, token].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
