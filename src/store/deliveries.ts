import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Delivery, ReaderSnapshot } from '../domain/delivery.ts';
import { addTime, type Instant } from '../domain/instant.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Preferences } from '../domain/preferences.ts';
import type { Subscriber } from '../domain/subscriber.ts';
import type { SubscriptionState, SuppressionReason } from '../domain/subscription.ts';
import type { Store } from './open-store.ts';
import { readPreferences } from './preferences.ts';
import type { DeliveryRow } from './schema.ts';
import { runStatement } from './run-statement.ts';
import { writeTogether } from './write-together.ts';

/** A delivery somebody holds, with who it is for. The lease token proves the holding: a write without it changes nothing. */
export interface ClaimedDelivery {
  readonly delivery: Delivery;
  readonly lease: string;
  readonly snapshot: ReaderSnapshot;
}

/** What a claim knows of a reader when it decides whether they may be mailed. */
export interface ClaimReader {
  readonly subscriber: Subscriber;
  readonly subscriptionId: string;
  readonly subscriptionState: SubscriptionState;
  readonly suppression: SuppressionReason | null;
  /** When this mail becomes too old to send, or null. */
  readonly deadline: Instant | null;
  readonly preferences: Preferences;
  /** Date of the newest earlier issue they received, or may have; null for none. */
  readonly lastReceived: LocalDate | null;
}

/** The rules a claim applies; both are pure. */
export interface ClaimRules {
  /** Why this reader must not be mailed, in words, or null when they may be. */
  findSkipReason(reader: ClaimReader): string | null;
  snapshotReader(reader: ClaimReader): ReaderSnapshot;
}

/** What is asked for: up to `limit` due rows of an issue; a canary takes none of the rest. */
interface Claim {
  readonly issueId: string;
  readonly limit: number;
  readonly leaseMs: number;
  readonly now: Instant;
  readonly isCanary?: true;
}

const CRASHES_ALLOWED = 3;
/** The wave of those who are neither editors nor among the first ten. */
const REST = 2;
const SKIP = "update deliveries set state = 'skipped', reason = ?, updated_at = ? where id = ?";
const CLAIM = `
  update deliveries
  set state = 'claimed', snapshot = ?, lease_token = ?, lease_until = ?, updated_at = ?
  where id = ?`;

/**
 * Takes up to `limit` due rows of an issue that is being sent, or skips them with a reason, in one transaction:
 * a pause, a suppression or a goodbye that was answered before it is obeyed by it. `looked` counts both kinds.
 */
export async function claimDeliveries(
  store: Store,
  claim: Claim,
  rules: ClaimRules,
): Promise<{ claimed: readonly ClaimedDelivery[]; looked: number }> {
  return await writeTogether(store, async (inside) => {
    const turn = await findOpenWave(inside, claim);
    if (claim.isCanary && turn === REST) return { claimed: [], looked: 0 };
    const due = await selectDueRows(inside, claim, turn);
    // One that a process died with goes alone: should it be the cause, it takes no others with it.
    const suspect = due.find(({ crashes }) => crashes > 0);
    const rows = suspect ? [suspect] : due;
    const lease = randomUUID();
    const claimed: ClaimedDelivery[] = [];
    for (const row of rows) {
      const reader = toClaimReader(row);
      const skip = rules.findSkipReason(reader);
      const snapshot = row.snapshot
        ? (JSON.parse(row.snapshot) as ReaderSnapshot)
        : rules.snapshotReader(reader);
      if (skip) {
        await runStatement(inside, SKIP, [skip, claim.now, row.id]);
        continue;
      }
      const until = addTime(claim.now, claim.leaseMs);
      const kept = JSON.stringify(snapshot);
      await runStatement(inside, CLAIM, [kept, lease, until, claim.now, row.id]);
      claimed.push({
        delivery: toDelivery({ ...row, state: 'claimed' }, snapshot),
        lease,
        snapshot,
      });
    }
    return { claimed, looked: rows.length };
  });
}

/** The first wave with a mail that is due or under way: no later one has its turn. `wave < 2` stands as in the index. */
async function findOpenWave(
  store: Store,
  { issueId, now }: Pick<Claim, 'issueId' | 'now'>,
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

/** True when editors or the first ten wait for their turn. */
export async function hasCanary(store: Store, issueId: string, now: Instant): Promise<boolean> {
  return (await findOpenWave(store, { issueId, now })) < REST;
}

function selectDueRows(store: Store, claim: Claim, turn: number) {
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
    .where('deliveries.issue_id', '=', claim.issueId)
    .where('issues.state', '=', 'sending')
    .where('deliveries.state', '=', 'queued')
    .where('deliveries.not_before', '<=', claim.now)
    .where('deliveries.wave', '<=', turn)
    .where(sql<boolean>`(sends.hold_until is null or sends.hold_until <= ${claim.now})`)
    .orderBy('deliveries.not_before')
    .limit(claim.limit)
    .execute();
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

type DueRow = Awaited<ReturnType<typeof selectDueRows>>[number];

function toClaimReader(row: DueRow): ClaimReader {
  return {
    subscriber: {
      id: row.subscriber_id,
      address: row.address,
      normalizedAddress: row.normalized_address,
      name: row.name,
      zone: row.zone,
      language: row.language,
    },
    subscriptionId: row.subscription_id,
    subscriptionState: row.subscription_state,
    suppression: row.suppression,
    deadline: row.expires_at ?? row.deadline,
    preferences: readPreferences(row),
    lastReceived: row.last_received,
  };
}

/** Keeps the leases of a living sender alive. */
export async function renewLeases(
  store: Store,
  leases: readonly string[],
  until: Instant,
): Promise<void> {
  if (leases.length === 0) return;
  await store.db
    .updateTable('deliveries')
    .set({ lease_until: until })
    .where('lease_token', 'in', leases)
    .where('state', 'in', ['claimed', 'handing_over'])
    .execute();
}

/**
 * Takes back what a dead process held: a row before the gate is queued again (the third crash sets it aside),
 * a row after it may have been accepted and becomes `unknown` for a person to decide.
 */
export async function recoverDeliveries(store: Store, now: Instant): Promise<void> {
  const lost = store.db
    .updateTable('deliveries')
    .set({ lease_token: null, lease_until: null, updated_at: now })
    .where('lease_until', '<', now);
  await lost
    .set({
      state: 'unknown',
      reason: 'the program stopped after handing the message over and before the reply came',
    })
    .where('state', '=', 'handing_over')
    .execute();
  await lost
    .set({
      crashes: sql`crashes + 1`,
      state: sql`case when crashes + 1 >= ${CRASHES_ALLOWED} then 'failed' else 'queued' end`,
      reason: sql`case when crashes + 1 >= ${CRASHES_ALLOWED} then 'set aside: the program stopped three times while working on it' else reason end`,
    })
    .where('state', '=', 'claimed')
    .execute();
}

function toDelivery(row: Omit<DeliveryRow, 'wave'>, snapshot: ReaderSnapshot): Delivery {
  return {
    id: row.id,
    issueId: row.issue_id,
    subscriptionId: row.subscription_id,
    state: row.state,
    notBefore: row.not_before,
    localDate: row.local_date,
    messageId: row.message_id,
    snapshot,
    attempts: row.attempts,
    reason: row.reason,
    updatedAt: row.updated_at,
  };
}
