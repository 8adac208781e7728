import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/instant.ts';
import { NO_PREFERENCES, type Preferences } from '../domain/preferences.ts';
import { normalizeAddress, type Subscriber } from '../domain/subscriber.ts';
import type { Subscription, SubscriptionState } from '../domain/subscription.ts';
import type { Store } from './open-store.ts';
import { readPreferences, writePreferences } from './preferences.ts';
import type { SubscriptionRow } from './schema.ts';

/** A person together with their subscription to one newsletter. */
export interface Reader {
  readonly subscriber: Subscriber;
  readonly subscription: Subscription;
}

/** What is said of a person when they are added. */
export interface NewReader {
  readonly address: string;
  readonly name: string;
  readonly zone: string | null;
  readonly language: string | null;
  readonly newsletter: string;
  /** How the person agreed; null leaves the subscription pending. */
  readonly consent: string | null;
  readonly preferences?: Preferences;
}

/** What adding a reader came to: `left` means this person had unsubscribed before and stays so. */
export type AddedReader = 'added' | 'activated' | 'unchanged' | 'left';

/** Adds readers in one transaction; somebody already there is never changed but for a consent that was missing. */
export async function saveReaders(
  store: Store,
  readers: readonly NewReader[],
  now: Instant,
): Promise<readonly AddedReader[]> {
  return await store.db.transaction().execute(async (trx) => {
    const results: AddedReader[] = [];
    for (const reader of readers)
      results.push(await saveReader({ db: trx, path: store.path }, reader, now));
    return results;
  });
}

async function saveReader(store: Store, reader: NewReader, now: Instant): Promise<AddedReader> {
  const normalized = normalizeAddress(reader.address);
  await store.db
    .insertInto('subscribers')
    .values({
      id: randomUUID(),
      address: reader.address,
      normalized_address: normalized,
      name: reader.name,
      zone: reader.zone,
      language: reader.language,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await store.db
    .selectFrom('subscribers')
    .select('id')
    .where('normalized_address', '=', normalized)
    .executeTakeFirstOrThrow();
  return await saveSubscription(store, { subscriberId: id, reader }, now);
}

async function saveSubscription(
  store: Store,
  wanted: { subscriberId: string; reader: NewReader },
  now: Instant,
): Promise<AddedReader> {
  const { subscriberId, reader } = wanted;
  const consent = reader.consent
    ? { state: 'active' as const, consent: reader.consent, consent_at: now }
    : { state: 'pending' as const };
  const before = await store.db
    .selectFrom('subscriptions')
    .select(['id', 'state'])
    .where('subscriber_id', '=', subscriberId)
    .where('newsletter', '=', reader.newsletter)
    .executeTakeFirst();
  if (!before) {
    await store.db
      .insertInto('subscriptions')
      .values({
        id: randomUUID(),
        subscriber_id: subscriberId,
        newsletter: reader.newsletter,
        created_at: now,
        updated_at: now,
        ...consent,
        ...writePreferences(reader.preferences ?? NO_PREFERENCES),
      })
      .execute();
    return 'added';
  }
  if (before.state === 'unsubscribed') return 'left';
  if (before.state !== 'pending' || consent.state === 'pending') return 'unchanged';
  await store.db
    .updateTable('subscriptions')
    .set({ ...consent, updated_at: now })
    .where('id', '=', before.id)
    .execute();
  return 'activated';
}

/** Keeps what is known of a person beside their address. */
export async function saveDetails(
  store: Store,
  subscriberId: string,
  details: Pick<Subscriber, 'name' | 'zone' | 'language'>,
): Promise<void> {
  const { name, zone, language } = details;
  await store.db
    .updateTable('subscribers')
    .set({ name, zone, language })
    .where('id', '=', subscriberId)
    .execute();
}

/** The readers of one newsletter by address: all, or at most `limit` of those behind an address. */
export async function listReaders(
  store: Store,
  newsletter: string,
  page?: { readonly after: string; readonly limit: number },
): Promise<readonly Reader[]> {
  let query = selectReaders(store)
    .where('subscriptions.newsletter', '=', newsletter)
    .orderBy('subscribers.normalized_address');
  if (page) query = query.where('normalized_address', '>', page.after).limit(page.limit);
  return (await query.execute()).map(toReader);
}

/** Every subscription of the person with this address. */
export async function listSubscriptions(store: Store, address: string): Promise<readonly Reader[]> {
  const rows = await selectReaders(store)
    .where('subscribers.normalized_address', '=', normalizeAddress(address))
    .execute();
  return rows.map(toReader);
}

/** The reader behind a subscription, or null. */
export async function findReader(store: Store, subscriptionId: string): Promise<Reader | null> {
  const row = await selectReaders(store)
    .where('subscriptions.id', '=', subscriptionId)
    .executeTakeFirst();
  return row ? toReader(row) : null;
}

/** How many readers a newsletter has in each state. */
export async function countReaders(
  store: Store,
  newsletter: string,
): Promise<Readonly<Record<SubscriptionState, number>>> {
  const counts = { pending: 0, active: 0, paused: 0, unsubscribed: 0 };
  const rows = await store.db
    .selectFrom('subscriptions')
    .select(['state', (select) => select.fn.countAll<number>().as('count')])
    .where('newsletter', '=', newsletter)
    .groupBy('state')
    .execute();
  for (const row of rows) counts[row.state] = Number(row.count);
  return counts;
}

/**
 * Ends one subscription and skips what still waits for it, in one transaction; a sender that holds such a row loses it.
 * False when there is no such subscription.
 */
export async function endSubscription(
  store: Store,
  subscriptionId: string,
  end: { reason: string; now: Instant },
): Promise<boolean> {
  return await store.db
    .transaction()
    .execute((trx) => endSubscriptionWithin({ db: trx, path: store.path }, subscriptionId, end));
}

/** The same inside a transaction that does more. */
export async function endSubscriptionWithin(
  store: Store,
  subscriptionId: string,
  end: { reason: string; now: Instant },
): Promise<boolean> {
  const result = await store.db
    .updateTable('subscriptions')
    .set({ state: 'unsubscribed', updated_at: end.now })
    .where('id', '=', subscriptionId)
    .executeTakeFirst();
  await store.db
    .updateTable('deliveries')
    .set({ state: 'skipped', reason: end.reason, updated_at: end.now })
    .set({ lease_token: null, lease_until: null })
    .where('subscription_id', '=', subscriptionId)
    .where('state', 'in', ['queued', 'claimed'])
    .execute();
  return result.numUpdatedRows > 0n;
}

function selectReaders(store: Store) {
  return store.db
    .selectFrom('subscriptions')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .selectAll('subscriptions')
    .select(['subscribers.address', 'subscribers.normalized_address', 'subscribers.name'])
    .select(['subscribers.zone', 'subscribers.language']);
}

function toReader(
  row: SubscriptionRow & {
    address: string;
    normalized_address: string;
    name: string;
    zone: string | null;
    language: string | null;
  },
): Reader {
  return {
    subscriber: {
      id: row.subscriber_id,
      address: row.address,
      normalizedAddress: row.normalized_address,
      name: row.name,
      zone: row.zone,
      language: row.language,
    },
    subscription: {
      id: row.id,
      subscriberId: row.subscriber_id,
      newsletter: row.newsletter,
      state: row.state,
      consent: row.consent,
      consentAt: row.consent_at,
      createdAt: row.created_at,
      preferences: readPreferences(row),
    },
  };
}
