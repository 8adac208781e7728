import type { Transaction } from 'kysely';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Edit } from '../domain/edit.ts';
import type { Instant } from '../domain/instant.ts';
import type { Issue, IssueDocument } from '../domain/issue.ts';
import { findLastEdit, recordEdit } from './edits.ts';
import { saveIssueInputs } from './issue-inputs.ts';
import { findIssue, type IssueKey } from './issues.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** A draft as it is saved. */
export interface DraftToSave {
  readonly id: string;
  readonly document: IssueDocument;
  readonly now: Instant;
  readonly skipReason: string | null;
  /** What it was made from, packed. */
  readonly inputs?: Uint8Array;
  /** The last edit that was known when it was made, and the one it is the first to have, to be logged with it. */
  readonly edits?: { readonly known: number; readonly added: Edit | null };
}

/**
 * Saves a draft, or the record of a skipped day, with what belongs to it.
 * Returns the issue as it stands: one that is frozen already stays as it was, and then nothing was saved at all.
 * Throws BriefingError `conflict`, and saves nothing, when somebody edited it since the draft was begun.
 */
export async function saveDraft(store: Store, key: IssueKey, draft: DraftToSave): Promise<Issue> {
  const row = {
    state: draft.skipReason === null ? ('draft' as const) : ('skipped' as const),
    reason: draft.skipReason,
    document: JSON.stringify(draft.document),
    built_at: draft.now,
  };
  await store.db.transaction().execute(async (trx) => {
    const saved = await trx
      .insertInto('issues')
      .values({ id: draft.id, ...key, ...row, is_audience_complete: 0 })
      .onConflict((conflict) =>
        conflict
          .columns(['newsletter', 'date', 'kind'])
          .doUpdateSet(row)
          .where('issues.state', 'in', ['draft', 'skipped']),
      )
      .returning('id')
      .executeTakeFirst();
    if (!saved) return;
    if (draft.inputs) await saveIssueInputs(trx, saved.id, draft.inputs);
    if (draft.edits) await followEdits(trx, key, draft.edits);
  });
  const issue = await findIssue(store, key);
  if (!issue) throw new Error('an issue just saved is not there');
  return issue;
}

async function followEdits(
  trx: Transaction<Schema>,
  key: IssueKey,
  { known, added }: NonNullable<DraftToSave['edits']>,
): Promise<void> {
  const last = await findLastEdit(trx, key);
  if (last !== known || (added && added.number !== last + 1)) {
    throw new BriefingError(
      'conflict',
      `Somebody else edited ${key.newsletter}/${key.date} at the same moment. Look at it again and repeat the command.`,
    );
  }
  if (added) await recordEdit(trx, key, added);
}
