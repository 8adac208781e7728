import { MINUTE, SECOND } from '../domain/instant.ts';
import type { OpeningStage } from './follow-opening.ts';

/** How long, in milliseconds, we wait for a mail server. */
export interface TimeLimits {
  readonly connect: number;
  readonly greeting: number;
  /** For each step of TLS and log-in. */
  readonly login: number;
  /** For the reply to MAIL, RCPT or DATA, and for the body to be taken. */
  readonly command: number;
  /** For the reply to the final dot. */
  readonly reply: number;
  /** For the reply to QUIT. */
  readonly goodbye: number;
}

/** The waits of RFC 5321, section 4.5.3.2, where they decide about a message, and shorter ones before it. */
export const TIME_LIMITS: TimeLimits = {
  connect: 30 * SECOND,
  greeting: 30 * SECOND,
  login: MINUTE,
  command: 5 * MINUTE,
  reply: 10 * MINUTE,
  goodbye: 2 * SECOND,
};

/** The wait that belongs to a step before a message. */
export function chooseTimeLimit(stage: OpeningStage, limits: TimeLimits): number {
  return stage === 'tls' || stage === 'auth' ? limits.login : limits[stage];
}
