import type { Settings } from '../config.ts';
import type { Instant } from '../domain/instant.ts';
import { normalizeAddress } from '../domain/subscriber.ts';
import type { ClaimReader } from '../store/deliveries.ts';

/** Why a reader must not be mailed now, in words, or null when they may be: asked in the transaction that claims their row. */
export function judgeReader(settings: Settings, reader: ClaimReader, now: Instant): string | null {
  if (reader.suppression) return `suppressed: ${reader.suppression.replace('_', ' ')}`;
  if (reader.subscriptionState !== 'active')
    return `the subscription is ${reader.subscriptionState}`;
  if (reader.deadline !== null && reader.deadline < now)
    return 'expired: the deadline of the issue passed';
  if (!isReachable(settings, reader.subscriber.normalizedAddress)) {
    return 'no public address is set, so only own addresses are mailed';
  }
  return null;
}

function isReachable(settings: Settings, normalizedAddress: string): boolean {
  if (settings.publicUrl) return true;
  return settings.ownAddresses.map(normalizeAddress).includes(normalizedAddress);
}
