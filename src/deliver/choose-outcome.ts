import type { SendOutcome, SendStage } from '../domain/delivery.ts';

const OPENING: readonly SendStage[] = ['connect', 'greeting', 'tls', 'auth'];

/** Log in first, TLS first, wrong password (RFC 4954, section 6): they speak about us, not about the message. */
const LOGIN_CODES: readonly number[] = [530, 534, 535, 538];

/** What a failed attempt came to: `stage` is where it stopped, `code` the server's refusal (400–599) or null when it said nothing. */
export function chooseOutcome(stage: SendStage, code: number | null): SendOutcome {
  const isForNow = code !== null && code < 500;
  if (OPENING.includes(stage)) return isForNow && stage !== 'tls' ? 'deferred' : 'unavailable';
  if (code === null) return stage === 'reply' ? 'unknown' : 'deferred';
  if (isForNow) return 'deferred';
  return LOGIN_CODES.includes(code) ? 'unavailable' : 'refused';
}
