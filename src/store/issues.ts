import type { Instant } from '../domain/instant.ts';
import type { Transaction } from 'kysely';
import {
  listIssueStories,
  type Issue,
  type IssueDocument,
  type IssueState,
} from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { IssueKind } from '../domain/newsletter.ts';
import type { Store } from './open-store.ts';
import type { IssueRow, Schema } from './schema.ts';
import { saveThreadStories, type ThreadStory } from './threads.ts';

/** What names an issue for people. */
export interface IssueKey {
  readonly newsletter: string;
  readonly date: LocalDate;
  readonly kind: IssueKind;
}

/** Issues, newest first. */
export async function listIssues(store: Store, newsletter?: string): Promise<readonly Issue[]> {
  let query = store.db
    .selectFrom('issues')
    .selectAll()
    .orderBy('date', 'desc')
    .orderBy('newsletter');
  if (newsletter !== undefined) query = query.where('newsletter', '=', newsletter);
  return (await query.execute()).map(toIssue);
}

/** What the newest issues before one told, newest first, at most so many: those that were frozen and not cancelled. */
export async function listEarlierDocuments(
  store: Store,
  issue: { readonly newsletter: string; readonly date: LocalDate },
  most: number,
): Promise<readonly IssueDocument[]> {
  const rows = await store.db
    .selectFrom('issues')
    .select('document')
    .where('newsletter', '=', issue.newsletter)
    .where('date', '<', issue.date)
    .where('state', 'in', ['frozen', 'sending', 'paused', 'finished'])
    .orderBy('date', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(({ document }) => JSON.parse(document) as IssueDocument);
}

/** The issues of a newsletter from a date on, oldest first. */
export async function listIssuesSince(
  store: Store,
  newsletter: string,
  since: LocalDate,
): Promise<readonly Issue[]> {
  const rows = await store.db
    .selectFrom('issues')
    .selectAll()
    .where('newsletter', '=', newsletter)
    .where('date', '>=', since)
    .orderBy('date')
    .execute();
  return rows.map(toIssue);
}

/** The issue with this key, or null. */
export async function findIssue(store: Store, key: IssueKey): Promise<Issue | null> {
  const row = await store.db
    .selectFrom('issues')
    .selectAll()
    .where('newsletter', '=', key.newsletter)
    .where('date', '=', key.date)
    .where('kind', '=', key.kind)
    .executeTakeFirst();
  return row ? toIssue(row) : null;
}

/** The issues in one of these states, oldest date first. */
export async function listIssuesInState(
  store: Store,
  states: readonly IssueState[],
): Promise<readonly Issue[]> {
  const rows = await store.db
    .selectFrom('issues')
    .selectAll()
    .where('state', 'in', states)
    .orderBy('date')
    .execute();
  return rows.map(toIssue);
}

/**
 * Freezes a draft, takes its articles out of the newsletter's future issues and remembers what it tells of which thread, in one transaction.
 * False when the draft is no longer the one given: somebody froze or rebuilt it meanwhile.
 */
export async function freezeIssue(
  store: Store,
  draft: Issue,
  frozen: {
    templates: string;
    contentHash: string;
    deadline: Instant | null;
    now: Instant;
    threads?: readonly ThreadStory[];
  },
): Promise<boolean> {
  return await store.db.transaction().execute(async (trx) => {
    const result = await trx
      .updateTable('issues')
      .set({
        state: 'frozen',
        templates: frozen.templates,
        content_hash: frozen.contentHash,
        frozen_at: frozen.now,
        deadline: frozen.deadline,
      })
      .where('id', '=', draft.id)
      .where('state', '=', 'draft')
      .where('built_at', '=', draft.builtAt)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    await printArticles(trx, draft);
    await saveThreadStories(trx, draft, frozen.threads ?? []);
    return true;
  });
}

/** Takes the articles of an issue that will never be sent out of the newsletter's future issues. */
export async function dropArticles(store: Store, issue: Issue): Promise<void> {
  await store.db.transaction().execute((trx) => printArticles(trx, issue));
}

/**
 * Cancels an issue that is in one of the states `from` and skips its rows, but for those whose last bytes are leaving;
 * when it is rolling, its articles may be printed by a later issue. False when it is in none of these states.
 */
export async function cancelIssue(
  store: Store,
  issue: Issue,
  cancel: { from: readonly IssueState[]; reason: string; isRolling: boolean; now: Instant },
): Promise<boolean> {
  return await store.db.transaction().execute(async (trx) => {
    const result = await trx
      .updateTable('issues')
      .set({ state: 'cancelled', reason: cancel.reason })
      .where('id', '=', issue.id)
      .where('state', 'in', cancel.from)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    await trx
      .updateTable('deliveries')
      .set({ state: 'skipped', reason: cancel.reason, updated_at: cancel.now, lease_token: null })
      .where('issue_id', '=', issue.id)
      .where('state', 'in', ['queued', 'claimed'])
      .execute();
    if (cancel.isRolling) {
      await trx.deleteFrom('issue_articles').where('issue_id', '=', issue.id).execute();
    }
    return true;
  });
}

async function printArticles(trx: Transaction<Schema>, issue: Issue): Promise<void> {
  const opening = issue.document.openingNote?.article ?? [];
  const stories = listIssueStories(issue.document).flatMap((story) => story.articles);
  const keys = [...stories, opening].flat();
  for (const article_key of keys) {
    await trx
      .insertInto('issue_articles')
      .values({ newsletter: issue.newsletter, article_key, issue_id: issue.id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The compiled templates stored with a frozen issue, as the JSON text that was hashed; null for a draft. */
export async function findFrozenTemplates(store: Store, issueId: string): Promise<string | null> {
  const row = await store.db
    .selectFrom('issues')
    .select('templates')
    .where('id', '=', issueId)
    .executeTakeFirst();
  return row?.templates ?? null;
}

/** When an issue becomes too old to send; null for one that was never frozen. */
export async function findDeadline(store: Store, issueId: string): Promise<Instant | null> {
  const row = await store.db
    .selectFrom('issues')
    .select('deadline')
    .where('id', '=', issueId)
    .executeTakeFirst();
  return row?.deadline ?? null;
}

/** Moves an issue to `to` if it is still in `from`; false when it was not. */
export async function moveIssue(
  store: Store,
  issueId: string,
  move: { from: IssueState; to: IssueState; reason?: string; finishedAt?: Instant },
): Promise<boolean> {
  const result = await store.db
    .updateTable('issues')
    .set({
      state: move.to,
      reason: move.reason ?? null,
      ...(move.finishedAt ? { finished_at: move.finishedAt } : {}),
    })
    .where('id', '=', issueId)
    .where('state', '=', move.from)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** When the newsletter's last issue before `date` that was not cancelled was frozen, or null: articles since then may be news. */
export async function findLastFreeze(
  store: Store,
  newsletter: string,
  date: LocalDate,
): Promise<Instant | null> {
  const row = await store.db
    .selectFrom('issues')
    .select((select) => select.fn.max('frozen_at').as('frozen_at'))
    .where('newsletter', '=', newsletter)
    .where('date', '<', date)
    .where('state', '!=', 'cancelled')
    .executeTakeFirst();
  return row?.frozen_at ?? null;
}

/** An issue out of its row. */
export function toIssue(row: IssueRow): Issue {
  return {
    id: row.id,
    newsletter: row.newsletter,
    date: row.date,
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    document: JSON.parse(row.document) as IssueDocument,
    contentHash: row.content_hash,
    builtAt: row.built_at,
    frozenAt: row.frozen_at,
    finishedAt: row.finished_at,
  };
}
