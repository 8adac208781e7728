import type { Transaction } from 'kysely';
import type { Edit, EditCommand, EditLogKey } from '../domain/edit.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** Every edit of a newsletter's date in the order they were made, undone ones too. */
export async function listEdits(store: Store, key: EditLogKey): Promise<readonly Edit[]> {
  const rows = await store.db
    .selectFrom('edits')
    .selectAll()
    .where('newsletter', '=', key.newsletter)
    .where('date', '=', key.date)
    .orderBy('number')
    .execute();
  return rows.map(({ number, at, who, about, command }) => ({
    number,
    at,
    who,
    about,
    command: JSON.parse(command) as EditCommand,
  }));
}

/** Number of the last edit of a newsletter's date; 0 when there is none. */
export async function findLastEdit(trx: Transaction<Schema>, key: EditLogKey): Promise<number> {
  const row = await trx
    .selectFrom('edits')
    .select((select) => select.fn.max('number').as('number'))
    .where('newsletter', '=', key.newsletter)
    .where('date', '=', key.date)
    .executeTakeFirst();
  return row?.number ?? 0;
}

/** Adds an edit to its log. */
export async function recordEdit(
  trx: Transaction<Schema>,
  { newsletter, date }: EditLogKey,
  { command, ...line }: Edit,
): Promise<void> {
  const row = { newsletter, date, ...line, kind: command.kind, command: JSON.stringify(command) };
  await trx.insertInto('edits').values(row).execute();
}
