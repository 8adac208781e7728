import type { Settings } from '../config.ts';
import type { Instant } from '../domain/instant.ts';
import { normalizeAddress } from '../domain/subscriber.ts';
import type { ClaimReader } from '../store/deliveries.ts';
import type { MailReader } from '../store/outbox.ts';

/** Why a reader must not be mailed an issue now, in words, or null when they may be: asked in the transaction that claims their row. */
export function judgeReader(settings: Settings, reader: ClaimReader, now: Instant): string | null {
  const reason = judgeConsent(reader);
  if (reason) return reason;
  if (reader.deadline !== null && reader.deadline < now)
    return 'expired: the deadline of the issue passed';
  if (!isReachable(settings, reader.subscriber.normalizedAddress)) {
    return 'no public address is set, so only own addresses are mailed';
  }
  return null;
}

/** Why a reader must not be mailed at all, in words, or null when they may be. */
export function judgeConsent({ suppression, subscriptionState }: MailReader): string | null {
  if (suppression) return `suppressed: ${suppression.replace('_', ' ')}`;
  return subscriptionState === 'active' ? null : `the subscription is ${subscriptionState}`;
}

/** Without a public address there is no page to unsubscribe, so only own addresses are mailed. */
export function isReachable(settings: Settings, normalizedAddress: string): boolean {
  if (settings.publicUrl) return true;
  return settings.ownAddresses.map(normalizeAddress).includes(normalizedAddress);
}
