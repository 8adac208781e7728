import { CompiledQuery } from 'kysely';
import type { Store } from './open-store.ts';

/** Runs a statement that is written out, and says how many rows it changed. For what runs once a message: building a query costs more than running it. */
export async function runStatement(
  store: Store,
  text: string,
  values: readonly (string | number | null)[],
): Promise<number> {
  const result = await store.db.executeQuery(CompiledQuery.raw(text, [...values]));
  return Number(result.numAffectedRows ?? 0n);
}
