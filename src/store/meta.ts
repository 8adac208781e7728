import { randomBytes } from 'node:crypto';
import type { Store } from './open-store.ts';

/** The installation's own secret, made once and kept with the store so that a backup keeps old links alive. */
export async function findOrCreateSecret(store: Store): Promise<string> {
  await store.db
    .insertInto('meta')
    .values({ key: 'secret', value: randomBytes(32).toString('base64url') })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await store.db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'secret')
    .executeTakeFirstOrThrow();
  return row.value;
}
