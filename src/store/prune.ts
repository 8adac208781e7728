import { sql } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import { findNote, saveNote } from './meta.ts';
import type { Store } from './open-store.ts';

const ROWS_AT_ONCE = 500;
const ATTEMPTS_MARK = 'attempts_pruned_to';

/** How many articles were published and seen first before an instant. */
export async function countArticlesBefore(store: Store, before: Instant): Promise<number> {
  const row = await selectArticles(store, before)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Removes those articles with their pages and revisions, some at a time so that others can write; frozen issues keep what they tell. */
export async function removeArticlesBefore(store: Store, before: Instant): Promise<number> {
  return await removeInTurns(async () => {
    const result = await store.db
      .deleteFrom('articles')
      .where('key', 'in', selectArticles(store, before).select('key').limit(ROWS_AT_ONCE))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  });
}

/** The ended issues that were frozen before an instant and whose attempts were not removed yet. */
async function listAttemptIssues(store: Store, before: Instant): Promise<readonly string[]> {
  const from = (await findNote(store, ATTEMPTS_MARK)) ?? '';
  const rows = await store.db
    .selectFrom('issues')
    .select('id')
    .where('state', 'in', ['finished', 'cancelled'])
    .where('frozen_at', '>=', from)
    .where('frozen_at', '<', before)
    .execute();
  return rows.map(({ id }) => id);
}

/** How many attempts at mails of ended issues were made before an instant. */
export async function countAttemptsBefore(store: Store, before: Instant): Promise<number> {
  let count = 0;
  for (const issueId of await listAttemptIssues(store, before)) {
    const row = await selectAttempts(store, issueId, before)
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    count += row.count;
  }
  return count;
}

/** Removes those attempts; the ledger keeps every reader's row with its state and reason. */
export async function removeAttemptsBefore(store: Store, before: Instant): Promise<number> {
  let count = 0;
  for (const issueId of await listAttemptIssues(store, before))
    count += await removeInTurns(async () => {
      const some = selectAttempts(store, issueId, before)
        .select(['delivery_id', 'number'])
        .limit(ROWS_AT_ONCE);
      const result = await sql`
        delete from attempts where (delivery_id, number) in ${some}`.execute(store.db);
      return Number(result.numAffectedRows ?? 0);
    });
  await saveNote(store, ATTEMPTS_MARK, before);
  return count;
}

/** Removes what a model answered before an instant; an issue keeps the answers it was made with. */
export async function removeModelAnswersBefore(store: Store, before: Instant): Promise<number> {
  const result = await store.db
    .deleteFrom('model_answers')
    .where('asked_at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

function selectArticles(store: Store, before: Instant) {
  return store.db
    .selectFrom('articles')
    .where('published_at', '<', before)
    .where('first_seen_at', '<', before);
}

function selectAttempts(store: Store, issueId: string, before: Instant) {
  return store.db
    .selectFrom('attempts')
    .innerJoin('deliveries', 'deliveries.id', 'attempts.delivery_id')
    .where('deliveries.issue_id', '=', issueId)
    .where('ended_at', '<', before);
}

async function removeInTurns(removeSome: () => Promise<number>): Promise<number> {
  let count = 0;
  for (;;) {
    const removed = await removeSome();
    count += removed;
    if (removed < ROWS_AT_ONCE) return count;
  }
}
