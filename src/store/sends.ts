import { CompiledQuery, sql } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import type { IssueState } from '../domain/issue.ts';
import { LAST, type SendTally } from '../domain/send-watch.ts';
import { moveIssue } from './issues.ts';
import type { Store } from './open-store.ts';
import { writeTogether } from './write-together.ts';

/** What is known of an issue's sending beside its ledger. */
export interface SendFacts {
  /** Why a person holds an issue that is not being sent yet; null when nobody does. */
  readonly held: string | null;
  /** Nothing leaves before it, so that a send can be pulled back; null when it was never held. */
  readonly holdUntil: Instant | null;
}

/** What holds an issue back, if anything. */
export async function findSendFacts(store: Store, issueId: string): Promise<SendFacts> {
  const row = await store.db
    .selectFrom('sends')
    .selectAll()
    .where('issue_id', '=', issueId)
    .executeTakeFirst();
  return { held: row?.held ?? null, holdUntil: row?.hold_until ?? null };
}

/** Holds an issue that is not being sent yet, with the reason; null lets it go. */
export async function saveHold(store: Store, issueId: string, held: string | null): Promise<void> {
  await store.db
    .insertInto('sends')
    .values({ issue_id: issueId, held, results: '', counted: 0 })
    .onConflict((conflict) => conflict.column('issue_id').doUpdateSet({ held }))
    .execute();
}

/**
 * Stops an issue where it stands, in one transaction: one that is being sent is paused, one that is not sent yet is held.
 * Returns the state it is in afterwards; it was neither when that is another than `paused`, `draft` and `frozen`.
 */
export async function pauseSend(
  store: Store,
  issueId: string,
  why: { paused: string; held: string },
): Promise<IssueState> {
  return await writeTogether(store, async (inside) => {
    await moveIssue(inside, issueId, { from: 'sending', to: 'paused', reason: why.paused });
    const { state } = await inside.db
      .selectFrom('issues')
      .select('state')
      .where('id', '=', issueId)
      .executeTakeFirstOrThrow();
    if (state === 'draft' || state === 'frozen') await saveHold(inside, issueId, why.held);
    return state;
  });
}

/**
 * Begins to send a frozen issue that nobody holds, in one transaction: nothing leaves before `holdUntil`, and nothing after `deadline`.
 * With `releaseAt` queued rows do not wait for their slot but for that moment. False when the issue is not frozen or is held.
 */
export async function beginSend(
  store: Store,
  issueId: string,
  begin: { holdUntil: Instant | null; releaseAt?: Instant; deadline?: Instant },
): Promise<boolean> {
  return await writeTogether(store, async (inside) => {
    const { held } = await findSendFacts(inside, issueId);
    if (held !== null) return false;
    const begun = await inside.db
      .updateTable('issues')
      .set({ state: 'sending', reason: null, ...(begin.deadline && { deadline: begin.deadline }) })
      .where('id', '=', issueId)
      .where('state', '=', 'frozen')
      .executeTakeFirst();
    if (begun.numUpdatedRows === 0n) return false;
    if (begin.releaseAt) await releaseRows(inside, issueId, begin.releaseAt);
    await inside.db
      .insertInto('sends')
      .values({ issue_id: issueId, hold_until: begin.holdUntil, results: '', counted: 0 })
      .onConflict((conflict) =>
        conflict.column('issue_id').doUpdateSet({ hold_until: begin.holdUntil }),
      )
      .execute();
    return true;
  });
}

/** Queued rows wait for their slot no longer, but for `at`. */
export async function releaseRows(store: Store, issueId: string, at: Instant): Promise<void> {
  await store.db
    .updateTable('deliveries')
    .set({ not_before: at, expires_at: null })
    .where('issue_id', '=', issueId)
    .where('state', '=', 'queued')
    .where('not_before', '>', at)
    .execute();
}

/** Lets a paused issue go on, with a tally that begins anew; false when it is not paused. */
export async function resumeSend(
  store: Store,
  issueId: string,
  deadline: Instant,
): Promise<boolean> {
  return await writeTogether(store, async (inside) => {
    const resumed = await inside.db
      .updateTable('issues')
      .set({
        state: 'sending',
        reason: null,
        deadline: sql`max(coalesce(deadline, ''), ${deadline})`,
      })
      .where('id', '=', issueId)
      .where('state', '=', 'paused')
      .executeTakeFirst();
    if (resumed.numUpdatedRows === 0n) return false;
    await inside.db
      .updateTable('sends')
      .set({ results: '', counted: 0 })
      .where('issue_id', '=', issueId)
      .execute();
    await inside.db
      .updateTable('deliveries')
      .set({ expires_at: null })
      .where('issue_id', '=', issueId)
      .where('state', '=', 'queued')
      .where('expires_at', '<', deadline)
      .execute();
    return true;
  });
}

const TALLY = `
  insert into sends (issue_id, results, counted) values (?, ?, 1)
  on conflict (issue_id) do update
  set results = substr(results || excluded.results, -${LAST}), counted = counted + 1
  returning results, counted`;

/** Adds one outcome to the tally of an issue and returns it. */
export async function recordTally(
  store: Store,
  issueId: string,
  letter: '.' | 'x',
): Promise<SendTally> {
  const query = CompiledQuery.raw(TALLY, [issueId, letter]);
  const [row] = (await store.db.executeQuery<SendTally>(query)).rows;
  return row ?? { results: letter, counted: 1 };
}
