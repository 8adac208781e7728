import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Store } from './open-store.ts';

/** The wave of those who are neither editors nor among the first ten. */
export const REST = 2;

/** Rows in one lane, the empty one for all that are in none; left out: rows in any. */
interface DueRows {
  readonly issueId: string;
  readonly now: Instant;
  readonly limit: number;
  /** Rows of later waves wait. */
  readonly wave: number;
  readonly lane?: string;
}

/** Rows of an issue in `sending` that are due, with what a claim must know of their readers. */
export function selectDueRows(store: Store, due: DueRows) {
  return store.db
    .selectFrom('deliveries')
    .innerJoin('issues', 'issues.id', 'deliveries.issue_id')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .leftJoin('suppressions', 'suppressions.address', 'subscribers.normalized_address')
    .leftJoin('sends', 'sends.issue_id', 'deliveries.issue_id')
    .selectAll('deliveries')
    .select(['issues.deadline', 'subscriptions.state as subscription_state'])
    .select(['subscriptions.topics', 'subscriptions.mutes', 'subscriptions.length'])
    .select('subscriptions.look')
    .select(selectLastReceived().as('last_received'))
    .select(['subscribers.id as subscriber_id', 'subscribers.address', 'subscribers.name'])
    .select(['subscribers.normalized_address', 'subscribers.zone', 'subscribers.language'])
    .select('suppressions.reason as suppression')
    .where('deliveries.issue_id', '=', due.issueId)
    .where('issues.state', '=', 'sending')
    .where(isWaitingIn(due.lane))
    .where('deliveries.not_before', '<=', due.now)
    .where('deliveries.wave', '<=', due.wave)
    .where(sql<boolean>`(sends.hold_until is null or sends.hold_until <= ${due.now})`)
    .orderBy('deliveries.not_before')
    .limit(due.limit)
    .execute();
}

export type DueRow = Awaited<ReturnType<typeof selectDueRows>>[number];

/** Written out as in the indexes of lanes: SQLite uses those for nothing less. */
function isWaitingIn(lane: string | undefined): RawBuilder<boolean> {
  if (lane === undefined) return sql`deliveries.state = 'queued'`;
  if (lane === '') return sql`(deliveries.state = 'queued' and deliveries.lane = '')`;
  return sql`(deliveries.state = 'queued' and deliveries.lane <> '' and deliveries.lane = ${lane})`;
}

/** Newest first, so that it ends at the first issue they have; `unknown` counts as received. None can be older than the subscription. */
function selectLastReceived() {
  return sql<LocalDate | null>`(
    select earlier.date from issues as earlier
    where earlier.newsletter = issues.newsletter and earlier.date < issues.date
      and earlier.date >= substr(subscriptions.created_at, 1, 10)
      and exists (
        select 1 from deliveries as received
        where received.issue_id = earlier.id and received.subscription_id = deliveries.subscription_id
          and received.state in ('sent', 'unknown', 'handing_over')
      )
    order by earlier.date desc limit 1
  )`;
}

/** The first wave with a mail that is due or under way: no later one has its turn. `wave < 2` stands as in the index. */
export async function findOpenWave(
  store: Store,
  { issueId, now }: Pick<DueRows, 'issueId' | 'now'>,
): Promise<number> {
  const row = await store.db
    .selectFrom('deliveries')
    .select((select) => select.fn.min('wave').as('wave'))
    .where('issue_id', '=', issueId)
    .where(sql<boolean>`wave < 2`)
    .where(
      sql<boolean>`(state in ('claimed', 'handing_over') or (state = 'queued' and not_before <= ${now}))`,
    )
    .executeTakeFirst();
  return row?.wave ?? REST;
}
