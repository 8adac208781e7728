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
  return rows.map(({ number, at, who, command }) => ({
    number,
    at,
    who,
    command: JSON.parse(command) as EditCommand,
  }));
}

/** Adds an edit to its log. Two with one number cannot both be there: the later one fails and changes nothing. */
export async function recordEdit(
  trx: Transaction<Schema>,
  key: EditLogKey,
  edit: Edit,
): Promise<void> {
  const { number, at, who, command } = edit;
  await trx
    .insertInto('edits')
    .values({
      newsletter: key.newsletter,
      date: key.date,
      number,
      kind: command.kind,
      at,
      who,
      command: JSON.stringify(command),
    })
    .execute();
}
