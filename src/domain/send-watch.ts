import type { SendResult } from './delivery.ts';

/** How a send has gone since it began or a person resumed it. */
export interface SendTally {
  /** The last fifty outcomes, oldest first: `.` for a mail that was taken or put off, `x` for one that failed. */
  readonly results: string;
  readonly counted: number;
}

const FIRST = 10;
const FIRST_FAILURES = 3;
/** So many outcomes a tally keeps. */
export const LAST = 50;
const LAST_SHARE = 0.05;

/** The letter a tally keeps of an outcome. A mail put off (4xx) is no failure: many servers put a stranger off once. */
export function tallyResult({ outcome }: SendResult): '.' | 'x' {
  return outcome === 'refused' || outcome === 'unknown' ? 'x' : '.';
}

/** Why a send must stop for a person to look, in words, or null while it goes well enough. */
export function findPauseReason({ results, counted }: SendTally): string | null {
  const failures = results.length - results.replaceAll('x', '').length;
  if (counted <= FIRST && failures >= FIRST_FAILURES)
    return `${failures} of the first ${counted} mails failed`;
  if (counted >= LAST && failures > LAST * LAST_SHARE)
    return `${failures} of the last ${LAST} mails failed`;
  return null;
}

/** Why a mail server that cannot be used stops the send for a person to look, or null when it may be back by itself: a wrong log-in or TLS is. */
export function findServerPauseReason(result: SendResult): string | null {
  if (result.outcome !== 'unavailable') return null;
  if (result.stage === 'connect' || result.stage === 'greeting') return null;
  const what = result.stage === 'tls' ? 'its TLS failed' : 'it refused the log-in';
  return `the mail server cannot be used, ${what}: ${result.reply}`;
}
