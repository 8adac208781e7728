import type { DeliveryState } from '../domain/delivery.ts';
import type { Instant } from '../domain/instant.ts';
import type { Suppression } from '../domain/subscription.ts';
import type { Store } from './open-store.ts';
import type { BounceRow } from './schema.ts';
import { endSubscriptionWithin } from './subscribers.ts';
import { saveSuppression } from './suppressions.ts';

/** The delivery something came back for, with whom it was for. */
export interface BouncedDelivery {
  readonly id: string;
  readonly state: DeliveryState;
  readonly subscriptionId: string;
  readonly newsletter: string;
  /** Normalized. */
  readonly address: string;
}

/** What a bounce does beside being kept. */
export interface BounceEffects {
  /** What a delivery in `unknown` turns out to be. */
  readonly settle: { readonly state: 'sent' | 'failed'; readonly reason: string | null } | null;
  readonly suppression: Suppression | null;
  readonly endSubscriptions: readonly string[];
}

/** The delivery with this id, or the one this Message-ID was made for; null when there is none. */
export async function findBouncedDelivery(
  store: Store,
  by: { id: string } | { messageId: string },
): Promise<BouncedDelivery | null> {
  const query = store.db
    .selectFrom('deliveries')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .select(['deliveries.id', 'deliveries.state', 'deliveries.subscription_id'])
    .select(['subscriptions.newsletter', 'subscribers.normalized_address']);
  const row = await (
    'id' in by
      ? query.where('deliveries.id', '=', by.id)
      : query.where('deliveries.message_id', '=', by.messageId)
  ).executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    state: row.state,
    subscriptionId: row.subscription_id,
    newsletter: row.newsletter,
    address: row.normalized_address,
  };
}

/** Keeps what came back and does what follows from it, in one transaction; false, and nothing is changed, when it is known already. */
export async function recordBounce(
  store: Store,
  bounce: BounceRow,
  effects: BounceEffects,
): Promise<boolean> {
  return await store.db.transaction().execute(async (trx) => {
    const inside: Store = { db: trx, path: store.path };
    const kept = await trx
      .insertInto('bounces')
      .values(bounce)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if ((kept.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
    if (effects.settle && bounce.delivery_id) {
      await trx
        .updateTable('deliveries')
        .set({ ...effects.settle, updated_at: bounce.at })
        .where('id', '=', bounce.delivery_id)
        .where('state', '=', 'unknown')
        .execute();
    }
    if (effects.suppression) await saveSuppression(inside, effects.suppression);
    for (const id of effects.endSubscriptions) {
      await endSubscriptionWithin(inside, id, {
        reason: 'the reader complained to their provider',
        now: bounce.at,
      });
    }
    return true;
  });
}

/**
 * The soft bounces of a subscription since its last success: a mail that was sent before `quietBefore` and of which nothing came back.
 * Counted a mail once.
 */
export async function countSoftBounces(
  store: Store,
  subscriptionId: string,
  quietBefore: Instant,
): Promise<{ count: number; firstAt: Instant | null }> {
  const success = await store.db
    .selectFrom('deliveries')
    .select((select) => select.fn.max('updated_at').as('at'))
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', 'sent')
    .where('updated_at', '<', quietBefore)
    .where('id', 'not in', (inner) =>
      inner
        .selectFrom('bounces')
        .select('delivery_id')
        .where('kind', '=', 'bounce')
        .where('delivery_id', 'is not', null)
        .$castTo<{ delivery_id: string }>(),
    )
    .executeTakeFirst();
  const row = await store.db
    .selectFrom('bounces')
    .innerJoin('deliveries', 'deliveries.id', 'bounces.delivery_id')
    .select((select) => select.fn.count<number>('deliveries.id').distinct().as('count'))
    .select((select) => select.fn.min('bounces.at').as('first_at'))
    .where('deliveries.subscription_id', '=', subscriptionId)
    .where('bounces.kind', '=', 'bounce')
    .where('bounces.class', '=', 'soft')
    .where('deliveries.updated_at', '>', success?.at ?? '')
    .executeTakeFirst();
  return { count: Number(row?.count ?? 0), firstAt: row?.first_at ?? null };
}

/** Everything that came back from one address, oldest first. */
export async function listBounces(store: Store, address: string): Promise<readonly BounceRow[]> {
  return await store.db
    .selectFrom('bounces')
    .selectAll()
    .where('address', '=', address)
    .orderBy('at')
    .execute();
}
