import type { Instant } from './instant.ts';
import type { Preferences } from './preferences.ts';

export type SubscriptionState = 'pending' | 'active' | 'paused' | 'unsubscribed';

/** One subscriber's consent to and choices for one newsletter. Unique by (subscriber, newsletter). */
export interface Subscription {
  readonly id: string;
  readonly subscriberId: string;
  readonly newsletter: string;
  readonly state: SubscriptionState;
  /** How and when the person agreed, in words; null while pending. */
  readonly consent: string | null;
  readonly consentAt: Instant | null;
  readonly createdAt: Instant;
  readonly preferences: Preferences;
}

/** Why an address must not be mailed. */
export type SuppressionReason = 'hard_bounce' | 'complaint' | 'erasure' | 'manual';

/** An address that no newsletter mails. Key: normalized address, or its hash after an erasure. */
export interface Suppression {
  readonly address: string;
  readonly reason: SuppressionReason;
  readonly note: string | null;
  readonly createdAt: Instant;
}
