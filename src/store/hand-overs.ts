import type { DeliveryState, SendResult } from '../domain/delivery.ts';
import type { Instant } from '../domain/instant.ts';
import type { ClaimedDelivery } from './deliveries.ts';
import type { Store } from './open-store.ts';
import { runStatement } from './run-statement.ts';
import { writeTogether } from './write-together.ts';

/** What may have changed since the claim is asked again: a pause, a goodbye and a suppression are obeyed up to the last byte. */
const HAND_OVER = `
  update deliveries set state = 'handing_over', updated_at = ?
  where id = ? and lease_token = ? and state = 'claimed'
    and exists (select 1 from issues where issues.id = issue_id and issues.state = 'sending')
    and exists (
      select 1 from subscriptions
      join subscribers on subscribers.id = subscriptions.subscriber_id
      left join suppressions on suppressions.address = subscribers.normalized_address
      where subscriptions.id = subscription_id
        and subscriptions.state = 'active' and suppressions.address is null
    )`;

const SETTLE = `
  update deliveries
  set state = ?, attempts = ?, reason = ?, not_before = coalesce(?, not_before),
    lease_token = null, lease_until = null, updated_at = ?
  where id = ? and lease_token = ?`;

const ADD_ATTEMPT = `
  insert into attempts
    (delivery_id, number, outcome, stage, code, reply, transport, started_at, ended_at, asked_by)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * The gate before the last byte: true when the row is ours and is now `handing_over` on disk. False when another took it over,
 * or when the issue was paused or the reader left or was suppressed since the claim: then nothing may be sent.
 */
export async function recordHandOver(
  store: Store,
  { delivery, lease }: ClaimedDelivery,
  now: Instant,
): Promise<boolean> {
  return (await runStatement(store, HAND_OVER, [now, delivery.id, lease])) > 0;
}

/** Writes an attempt and its consequence for the row, in one transaction. A row another holder took over is left alone. */
export async function recordSendResult(
  store: Store,
  { delivery, lease }: ClaimedDelivery,
  attempt: {
    result: SendResult;
    state: DeliveryState;
    notBefore?: Instant;
    transport: string;
    askedBy: string;
    startedAt: Instant;
    now: Instant;
  },
): Promise<void> {
  const { result, state, notBefore = null, now } = attempt;
  const { outcome, stage, code, reply } = result;
  const number = delivery.attempts + 1;
  const reason = state === 'sent' ? null : reply;
  await writeTogether(store, async (inside) => {
    const row = [state, number, reason, notBefore, now, delivery.id, lease];
    if ((await runStatement(inside, SETTLE, row)) === 0) return;
    const { transport, startedAt, askedBy } = attempt;
    const times = [startedAt, now, askedBy];
    const values = [delivery.id, number, outcome, stage, code, reply, transport, ...times];
    await runStatement(inside, ADD_ATTEMPT, values);
  });
}

/** Gives a claimed row back untouched: nothing was tried, and it is due again. */
export async function releaseClaim(store: Store, claimed: ClaimedDelivery): Promise<void> {
  await store.db
    .updateTable('deliveries')
    .set({ state: 'queued', lease_token: null, lease_until: null })
    .where('id', '=', claimed.delivery.id)
    .where('lease_token', '=', claimed.lease)
    .where('state', '=', 'claimed')
    .execute();
}
