import { sql } from 'kysely';
import type { Correction } from '../domain/correction.ts';
import type { ReaderSnapshot } from '../domain/delivery.ts';
import type { Preferences } from '../domain/preferences.ts';
import type { Subscriber } from '../domain/subscriber.ts';
import type { SubscriptionState, SuppressionReason } from '../domain/subscription.ts';
import type { Store } from './open-store.ts';
import { readPreferences } from './preferences.ts';

/** A reader who was sent an issue, or may have been, and what they are now. */
export interface IssueReader {
  readonly subscriber: Subscriber;
  readonly subscriptionId: string;
  readonly subscriptionState: SubscriptionState;
  readonly suppression: SuppressionReason | null;
  readonly preferences: Preferences;
  readonly messageId: string;
  /** Null where it is not known what they were like; see store/restored-rows.ts. */
  readonly snapshot: ReaderSnapshot | null;
  /** True when a letter about the correction was queued for them, whatever became of it. */
  readonly hasLetter: boolean;
}

/** What names the letters of a correction in the outbox: this purpose, its id, and the subscription. */
export const CORRECTION = 'correction';

/** Keeps a correction; the same once more changes nothing. */
export async function saveCorrection(store: Store, correction: Correction): Promise<void> {
  const { id, issueId, storyId, text, madeAt } = correction;
  await store.db
    .insertInto('corrections')
    .values({ id, issue_id: issueId, story_id: storyId, text, made_at: madeAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What was put right in an issue, oldest first. */
export async function listCorrections(
  store: Store,
  issueId: string,
): Promise<readonly Correction[]> {
  const rows = await store.db
    .selectFrom('corrections')
    .selectAll()
    .where('issue_id', '=', issueId)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, issue_id, story_id, text, made_at }) => ({
    id,
    issueId: issue_id,
    storyId: story_id,
    text,
    madeAt: made_at,
  }));
}

/** Everybody who has the issue of a correction or may have it, one by one: `unknown` counts as received. */
export async function* streamIssueReaders(
  store: Store,
  { id: correctionId, issueId }: Pick<Correction, 'id' | 'issueId'>,
): AsyncGenerator<IssueReader> {
  const key = sql<string>`${correctionId} || ' ' || deliveries.subscription_id`;
  const query = store.db
    .selectFrom('deliveries')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .leftJoin('suppressions', 'suppressions.address', 'subscribers.normalized_address')
    .leftJoin('outbox', (join) =>
      join.on('outbox.purpose', '=', CORRECTION).on('outbox.subject_key', '=', key),
    )
    .select('outbox.id as letter')
    .select(['deliveries.message_id', 'deliveries.snapshot', 'deliveries.subscription_id'])
    .select(['subscriptions.state', 'subscriptions.topics', 'subscriptions.mutes'])
    .select(['subscriptions.length', 'subscriptions.look', 'suppressions.reason as suppression'])
    .select(['subscribers.id', 'subscribers.address', 'subscribers.normalized_address'])
    .select(['subscribers.name', 'subscribers.zone', 'subscribers.language'])
    .where('deliveries.issue_id', '=', issueId)
    .where('deliveries.state', 'in', ['sent', 'unknown'])
    .orderBy('deliveries.id');
  for await (const row of query.stream()) {
    const { id, address, name, zone, language } = row;
    yield {
      subscriber: { id, address, normalizedAddress: row.normalized_address, name, zone, language },
      subscriptionId: row.subscription_id,
      subscriptionState: row.state,
      suppression: row.suppression,
      preferences: readPreferences(row),
      messageId: row.message_id,
      hasLetter: row.letter !== null,
      snapshot: row.snapshot ? (JSON.parse(row.snapshot) as ReaderSnapshot) : null,
    };
  }
}
