import { randomBytes } from 'node:crypto';
import type { Store } from './open-store.ts';

/** A small value kept under a name, such as the place a mailbox was read up to; null when there is none. */
export async function findNote(store: Store, key: string): Promise<string | null> {
  const row = await store.db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.value ?? null;
}

/** Keeps a small value under a name, in place of the one before. */
export async function saveNote(store: Store, key: string, value: string): Promise<void> {
  await store.db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Forgets what was kept under a name. */
export async function removeNote(store: Store, key: string): Promise<void> {
  await store.db.deleteFrom('meta').where('key', '=', key).execute();
}

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
