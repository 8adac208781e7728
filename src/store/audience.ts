import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import type { LocalDate, LocalTime, Weekday } from '../domain/local-time.ts';
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

/** What is known of a reader when their row is written. */
export interface QueuedReader {
  readonly normalizedAddress: string;
  /** Null: the newsletter's. */
  readonly zone: string | null;
  readonly sendTime: LocalTime | null;
  readonly weekdays: readonly Weekday[] | null;
}

/** When a reader's mail leaves, and what it counts as. */
export interface ReaderPlan {
  readonly notBefore: Instant;
  /** The reader's date this is the mail of; null counts for none. */
  readonly localDate: LocalDate | null;
  /** From when on it is too old for this reader; null leaves that to the issue. */
  readonly expiresAt: Instant | null;
  /** 0 editors, 1 the first ten, 2 the rest: nobody of a wave is mailed while one of an earlier wave is due. */
  readonly wave: 0 | 1 | 2;
  /** Why this reader gets none, in words; null when they do. */
  readonly skip: string | null;
}

/**
 * Writes one queued row for every active subscription that has none yet, in batches, and then marks the audience complete.
 * Running it again after a crash adds nobody twice, and once the audience is complete it adds nobody. A reader who already has a mail
 * for their date is passed over, unless that one is an older issue that still waits: then the newer takes its place.
 */
export async function queueDeliveries(
  store: Store,
  issue: { id: string; newsletter: string },
  options: {
    planReader: (reader: QueuedReader) => ReaderPlan;
    makeMessageId: (subscriptionId: string) => string;
    now: Instant;
  },
): Promise<void> {
  if (await isAudienceComplete(store, issue.id)) return;
  let after = { id: '', created_at: '' };
  for (;;) {
    const batch = await selectReaders(store, issue.newsletter, after);
    await store.db.transaction().execute(async (db) => {
      for (const row of batch) {
        const plan = options.planReader(toQueuedReader(row));
        const inside = { db, path: store.path };
        if (plan.localDate) await replaceOlder(inside, { issue, subscription: row.id }, plan);
        await insertRow(inside, { ...options, issue, subscription: row.id }, plan);
      }
    });
    after = batch.at(-1) ?? after;
    if (batch.length < ROWS_AT_ONCE) break;
  }
  await store.db
    .updateTable('issues')
    .set({ is_audience_complete: 1 })
    .where('id', '=', issue.id)
    .execute();
}

/** Opens the audience of an issue once more, so that readers who came since may be queued. */
export async function reopenAudience(store: Store, issueId: string): Promise<void> {
  await store.db
    .updateTable('issues')
    .set({ is_audience_complete: 0 })
    .where('id', '=', issueId)
    .execute();
}

/** How many active readers have no row for an issue. */
export async function countNewReaders(
  store: Store,
  issue: { id: string; newsletter: string },
): Promise<number> {
  const row = await store.db
    .selectFrom('subscriptions')
    .leftJoin('deliveries', (join) =>
      join
        .onRef('deliveries.subscription_id', '=', 'subscriptions.id')
        .on('deliveries.issue_id', '=', issue.id),
    )
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('subscriptions.newsletter', '=', issue.newsletter)
    .where('subscriptions.state', '=', 'active')
    .where('deliveries.id', 'is', null)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** The oldest first: when a mail server takes only so many a day, they are the ones who get theirs. */
function selectReaders(
  store: Store,
  newsletter: string,
  after: { readonly id: string; readonly created_at: string },
) {
  return store.db
    .selectFrom('subscriptions')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .select(['subscriptions.id', 'subscriptions.created_at'])
    .select(['subscriptions.send_time', 'subscriptions.weekdays'])
    .select(['subscribers.normalized_address', 'subscribers.zone'])
    .where('subscriptions.newsletter', '=', newsletter)
    .where('subscriptions.state', '=', 'active')
    .where(
      sql<boolean>`(subscriptions.created_at, subscriptions.id) > (${after.created_at}, ${after.id})`,
    )
    .orderBy('subscriptions.created_at')
    .orderBy('subscriptions.id')
    .limit(ROWS_AT_ONCE)
    .execute();
}

function toQueuedReader(row: Awaited<ReturnType<typeof selectReaders>>[number]): QueuedReader {
  return {
    normalizedAddress: row.normalized_address,
    zone: row.zone,
    sendTime: row.send_time,
    weekdays: row.weekdays === null ? null : (JSON.parse(row.weekdays) as Weekday[]),
  };
}

/** Of two issues that wait for the same slot of a reader the newer is sent. */
async function replaceOlder(
  store: Store,
  row: { issue: { id: string }; subscription: string },
  plan: ReaderPlan,
): Promise<void> {
  await store.db
    .updateTable('deliveries')
    .set({ state: 'skipped', local_date: null, reason: 'a newer issue was sent in its place' })
    .where('subscription_id', '=', row.subscription)
    .where('local_date', '=', plan.localDate)
    .where('issue_id', '!=', row.issue.id)
    .where('state', '=', 'queued')
    .where('snapshot', 'is', null)
    .where((where) =>
      where(
        'issue_id',
        'in',
        where
          .selectFrom('issues')
          .select('issues.id')
          .where('issues.date', '<', (older) =>
            older
              .selectFrom('issues as newer')
              .select('newer.date')
              .where('newer.id', '=', row.issue.id),
          ),
      ),
    )
    .execute();
}

async function insertRow(
  store: Store,
  row: {
    issue: { id: string };
    subscription: string;
    makeMessageId: (subscriptionId: string) => string;
    now: Instant;
  },
  plan: ReaderPlan,
): Promise<void> {
  await store.db
    .insertInto('deliveries')
    .values({
      id: randomUUID(),
      issue_id: row.issue.id,
      subscription_id: row.subscription,
      state: plan.skip === null ? 'queued' : 'skipped',
      reason: plan.skip,
      not_before: plan.notBefore,
      local_date: plan.skip === null ? plan.localDate : null,
      expires_at: plan.expiresAt,
      wave: plan.wave,
      message_id: row.makeMessageId(row.subscription),
      updated_at: row.now,
      crashes: 0,
      attempts: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
