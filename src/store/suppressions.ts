import type { Suppression } from '../domain/subscription.ts';
import type { Store } from './open-store.ts';

/** Silences an address for every newsletter; one that is silenced already keeps its first reason. */
export async function saveSuppression(store: Store, suppression: Suppression): Promise<void> {
  await store.db
    .insertInto('suppressions')
    .values({
      address: suppression.address,
      reason: suppression.reason,
      note: suppression.note,
      created_at: suppression.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Lets an address be mailed again; false when it was not silenced. */
export async function removeSuppression(store: Store, address: string): Promise<boolean> {
  const result = await store.db
    .deleteFrom('suppressions')
    .where('address', '=', address)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Every silenced address, newest first. */
export async function listSuppressions(store: Store): Promise<readonly Suppression[]> {
  const rows = await store.db
    .selectFrom('suppressions')
    .selectAll()
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(({ created_at, ...rest }) => ({ ...rest, createdAt: created_at }));
}
