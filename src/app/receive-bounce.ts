import { parseBounce } from '../deliver/parse-bounce.ts';
import type { BounceNotice } from '../domain/bounce.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import type { App } from './app.ts';
import { recordBounce, type BounceVerdict } from './record-bounce.ts';

/** A mail that came back, read, and what became of it. */
export interface ReceivedBounce extends BounceVerdict {
  readonly notice: BounceNotice;
}

/** Reads one mail and draws its consequence. Throws BriefingError when there is nothing to read. */
export async function receiveBounce(
  app: App,
  bytes: Uint8Array,
  source: 'message' | 'mailbox',
): Promise<ReceivedBounce> {
  if (
    source === 'message' &&
    !/\S/.test(Buffer.from(bytes.subarray(0, 1_000)).toString('latin1'))
  ) {
    throw new BriefingError(
      'invalid',
      'There is no message. Give a mail with its headers on standard input: daybrief bounce < message.eml',
    );
  }
  const notice = parseBounce(bytes);
  return { notice, ...(await recordBounce(app, notice, { source, trust: 'claimed' })) };
}
