import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/instant.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Store } from './open-store.ts';

const ROWS_AT_ONCE = 1_000;

/** True when every reader of a frozen issue has a row: nobody is added to its audience any more. */
export async function isAudienceComplete(store: Store, issueId: string): Promise<boolean> {
  const row = await store.db
    .selectFrom('issues')
    .select('is_audience_complete')
    .where('id', '=', issueId)
    .executeTakeFirst();
  return row?.is_audience_complete === 1;
}

/**
 * Writes one queued row for every active subscription that has none yet, in batches, and then marks the audience complete.
 * Running it again after a crash adds nobody twice, and once the audience is complete it adds nobody; a reader who already has a mail for `localDate` is passed over.
 */
export async function queueDeliveries(
  store: Store,
  issue: { id: string; newsletter: string },
  options: {
    notBefore: Instant;
    localDate: LocalDate | null;
    makeMessageId: (subscriptionId: string) => string;
    now: Instant;
  },
): Promise<void> {
  if (await isAudienceComplete(store, issue.id)) return;
  let after = '';
  for (;;) {
    const batch = await store.db
      .selectFrom('subscriptions')
      .select('id')
      .where('newsletter', '=', issue.newsletter)
      .where('state', '=', 'active')
      .where('id', '>', after)
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute();
    await store.db.transaction().execute(async (trx) => {
      for (const { id } of batch) {
        await trx
          .insertInto('deliveries')
          .values({
            id: randomUUID(),
            issue_id: issue.id,
            subscription_id: id,
            state: 'queued',
            not_before: options.notBefore,
            local_date: options.localDate,
            message_id: options.makeMessageId(id),
            updated_at: options.now,
            crashes: 0,
            attempts: 0,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    });
    after = batch.at(-1)?.id ?? after;
    if (batch.length < ROWS_AT_ONCE) break;
  }
  await store.db
    .updateTable('issues')
    .set({ is_audience_complete: 1 })
    .where('id', '=', issue.id)
    .execute();
}

/** Brings the queued rows of an issue forward to `now` and its deadline to `deadline`: a manual send does not wait for the slot. */
export async function releaseDeliveries(
  store: Store,
  issueId: string,
  release: { now: Instant; deadline: Instant },
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('deliveries')
      .set({ not_before: release.now })
      .where('issue_id', '=', issueId)
      .where('state', '=', 'queued')
      .where('not_before', '>', release.now)
      .execute();
    await trx
      .updateTable('issues')
      .set({ deadline: release.deadline })
      .where('id', '=', issueId)
      .where('state', 'in', ['frozen', 'sending'])
      .execute();
  });
}
