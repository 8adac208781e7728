import type { IssueState } from '../domain/issue.ts';
import type { SubscriptionState } from '../domain/subscription.ts';
import { listDeliveriesTo, type LedgerRow } from './ledger.ts';
import type { Store } from './open-store.ts';

/** One issue on its way to one address, with every try. */
export interface DeliveryHistory extends LedgerRow {
  readonly id: string;
  readonly issueState: IssueState;
  readonly notBefore: string;
  readonly tries: readonly AttemptHistory[];
}

/** One try, and what the mail server answered. */
export interface AttemptHistory {
  readonly number: number;
  readonly outcome: string;
  readonly stage: string;
  readonly code: number | null;
  readonly reply: string;
  readonly transport: string;
  readonly askedBy: string;
  readonly at: string;
}

/** A subscription and when it last changed. */
export interface SubscriptionHistory {
  readonly newsletter: string;
  readonly state: SubscriptionState;
  readonly consent: string | null;
  readonly consentAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Every subscription of one address, oldest first. */
export async function listSubscriptionHistory(
  store: Store,
  normalizedAddress: string,
): Promise<readonly SubscriptionHistory[]> {
  const rows = await store.db
    .selectFrom('subscriptions')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .selectAll('subscriptions')
    .where('subscribers.normalized_address', '=', normalizedAddress)
    .orderBy('subscriptions.created_at')
    .execute();
  return rows.map((row) => ({
    newsletter: row.newsletter,
    state: row.state,
    consent: row.consent,
    consentAt: row.consent_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

/** Every delivery to one address with its tries, oldest first. */
export async function listDeliveryHistory(
  store: Store,
  normalizedAddress: string,
): Promise<readonly DeliveryHistory[]> {
  const rows = await listDeliveriesTo(store, normalizedAddress);
  const details = await store.db
    .selectFrom('deliveries')
    .innerJoin('issues', 'issues.id', 'deliveries.issue_id')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .select(['deliveries.id', 'deliveries.message_id', 'deliveries.not_before', 'issues.state'])
    .where('subscribers.normalized_address', '=', normalizedAddress)
    .execute();
  const attempts = await store.db
    .selectFrom('attempts')
    .selectAll()
    .where('delivery_id', 'in', ['', ...details.map(({ id }) => id)])
    .orderBy('number')
    .execute();
  return rows.toReversed().flatMap((row) => {
    const detail = details.find(({ message_id }) => message_id === row.messageId);
    if (!detail) return [];
    const { id, state: issueState, not_before: notBefore } = detail;
    const tries = attempts
      .filter(({ delivery_id }) => delivery_id === id)
      .map(({ delivery_id: _, started_at: __, ended_at: at, asked_by: askedBy, ...rest }) => ({
        ...rest,
        askedBy,
        at,
      }));
    return [{ ...row, id, issueState, notBefore, tries }];
  });
}
