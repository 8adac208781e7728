import type { Instant } from '../domain/instant.ts';
import type { Store } from './open-store.ts';
import { writeTogether } from './write-together.ts';

/**
 * Queues the failed or doubtful rows of an issue again, with their snapshots and Message-IDs, and opens a finished issue for them,
 * in one transaction; returns how many.
 */
export async function requeueDeliveries(
  store: Store,
  issueId: string,
  wish: { state: 'failed' | 'unknown'; now: Instant; deadline: Instant },
): Promise<number> {
  return await writeTogether(store, async ({ db }) => {
    const result = await db
      .updateTable('deliveries')
      .set({ state: 'queued', not_before: wish.now, expires_at: null, crashes: 0 })
      .set({ lease_token: null, lease_until: null, updated_at: wish.now })
      .where('issue_id', '=', issueId)
      .where('state', '=', wish.state)
      .executeTakeFirst();
    await db
      .updateTable('issues')
      .set({ deadline: wish.deadline })
      .where('id', '=', issueId)
      .where('deadline', '<', wish.deadline)
      .execute();
    if (result.numUpdatedRows > 0n)
      await db
        .updateTable('issues')
        .set({ state: 'sending', finished_at: null })
        .where('id', '=', issueId)
        .where('state', '=', 'finished')
        .execute();
    return Number(result.numUpdatedRows);
  });
}

/** Takes the word of a person that the doubtful mails of an issue have arrived; returns how many. */
export async function settleUnknown(
  store: Store,
  issueId: string,
  wish: { reason: string; now: Instant },
): Promise<number> {
  const result = await store.db
    .updateTable('deliveries')
    .set({ state: 'sent', reason: wish.reason, updated_at: wish.now })
    .where('issue_id', '=', issueId)
    .where('state', '=', 'unknown')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
