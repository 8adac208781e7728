import type { Store } from './open-store.ts';

/** Runs `work` in one transaction: the one `store` is in already, or a new one. */
export async function writeTogether<T>(
  store: Store,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  if (store.db.isTransaction) return await work(store);
  return await store.db.transaction().execute((db) => work({ db, path: store.path }));
}
