import type { Transaction } from 'kysely';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** What an issue was made from, packed as it was saved; null when nothing was kept. */
export async function findIssueInputs(store: Store, issueId: string): Promise<Uint8Array | null> {
  const row = await store.db
    .selectFrom('issue_inputs')
    .select('inputs')
    .where('issue_id', '=', issueId)
    .executeTakeFirst();
  return row?.inputs ?? null;
}

/** Keeps what a draft was made from, in place of what the draft before it was. */
export async function saveIssueInputs(
  trx: Transaction<Schema>,
  issueId: string,
  inputs: Uint8Array,
): Promise<void> {
  await trx
    .insertInto('issue_inputs')
    .values({ issue_id: issueId, inputs })
    .onConflict((conflict) => conflict.column('issue_id').doUpdateSet({ inputs }))
    .execute();
}
