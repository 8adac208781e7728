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
  return await findOrCreateNote(store, 'secret', randomBytes(32).toString('base64url'));
}

/** What tells this store from every other, and not from its copies. */
export async function findStoreId(store: Store): Promise<string> {
  return await findOrCreateNote(store, 'store_id', randomBytes(12).toString('base64url'));
}

async function findOrCreateNote(store: Store, key: string, value: string): Promise<string> {
  const known = await findNote(store, key);
  if (known !== null) return known;
  await store.db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await findNote(store, key)) ?? value;
}
