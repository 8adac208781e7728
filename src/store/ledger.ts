import { sumLedger, type DeliveryState, type LedgerSums } from '../domain/delivery.ts';
import type { Instant } from '../domain/instant.ts';
import { isAudienceComplete } from './audience.ts';
import type { Store } from './open-store.ts';

/** One row of the ledger as `daybrief ledger` exports it. */
export interface LedgerRow {
  readonly issue: string;
  readonly subscriber: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly reason: string | null;
  readonly messageId: string;
  readonly at: Instant;
}

/** The sums of one issue's ledger. */
export async function sumDeliveries(store: Store, issueId: string): Promise<LedgerSums> {
  const rows = await store.db
    .selectFrom('deliveries')
    .select(['state', (select) => select.fn.countAll<number>().as('count')])
    .where('issue_id', '=', issueId)
    .groupBy('state')
    .execute();
  return sumLedger(Object.fromEntries(rows.map((row) => [row.state, Number(row.count)])));
}

/** Streams the ledger of one issue by address, so that 100,000 rows need no memory. */
export async function* streamLedger(
  store: Store,
  issueId: string,
  state?: DeliveryState,
): AsyncGenerator<LedgerRow> {
  let query = selectLedger(store).where('deliveries.issue_id', '=', issueId);
  if (state) query = query.where('deliveries.state', '=', state);
  for await (const row of query.orderBy('subscribers.normalized_address').stream()) {
    yield toLedgerRow(row);
  }
}

/** Every delivery to one address, newest issue first: why did she (not) get it? */
export async function listDeliveriesTo(
  store: Store,
  normalizedAddress: string,
): Promise<readonly LedgerRow[]> {
  const rows = await selectLedger(store)
    .where('subscribers.normalized_address', '=', normalizedAddress)
    .orderBy('issues.date', 'desc')
    .execute();
  return rows.map(toLedgerRow);
}

/** True when every reader of the issue has a row and none of them waits any more. */
export async function isIssueSettled(store: Store, issueId: string): Promise<boolean> {
  if (!(await isAudienceComplete(store, issueId))) return false;
  return (await sumDeliveries(store, issueId)).waiting === 0;
}

/** True when somebody who may be alive has mails of an issue in hand. */
export async function hasHeldRows(store: Store, issueId: string, now: Instant): Promise<boolean> {
  const row = await store.db
    .selectFrom('deliveries')
    .select('id')
    .where('issue_id', '=', issueId)
    .where('state', 'in', ['claimed', 'handing_over'])
    .where('lease_until', '>=', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The moment the next waiting row of an issue is due, or null when none waits. */
export async function findNextDue(store: Store, issueId: string): Promise<Instant | null> {
  const row = await store.db
    .selectFrom('deliveries')
    .select((select) => select.fn.min('not_before').as('due'))
    .where('issue_id', '=', issueId)
    .where('state', '=', 'queued')
    .executeTakeFirst();
  return row?.due ?? null;
}

function selectLedger(store: Store) {
  return store.db
    .selectFrom('deliveries')
    .innerJoin('issues', 'issues.id', 'deliveries.issue_id')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .select(['issues.newsletter', 'issues.date', 'subscribers.address'])
    .select(['deliveries.state', 'deliveries.attempts', 'deliveries.reason'])
    .select(['deliveries.message_id', 'deliveries.updated_at']);
}

function toLedgerRow(row: {
  newsletter: string;
  date: string;
  address: string;
  state: DeliveryState;
  attempts: number;
  reason: string | null;
  message_id: string;
  updated_at: string;
}): LedgerRow {
  return {
    issue: `${row.newsletter}/${row.date}`,
    subscriber: row.address,
    state: row.state,
    attempts: row.attempts,
    reason: row.reason,
    messageId: row.message_id,
    at: row.updated_at,
  };
}
