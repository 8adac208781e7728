import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Delivery, ReaderSnapshot } from '../domain/delivery.ts';
import { addTime, type Instant } from '../domain/instant.ts';
import { readDomain } from '../domain/domain-limit.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Preferences } from '../domain/preferences.ts';
import type { Subscriber } from '../domain/subscriber.ts';
import type { SubscriptionState, SuppressionReason } from '../domain/subscription.ts';
import type { Store } from './open-store.ts';
import { readPreferences } from './preferences.ts';
import type { DeliveryRow } from './schema.ts';
import { runStatement } from './run-statement.ts';
import { findOpenWave, REST, selectDueRows, type DueRow } from './select-due-rows.ts';
import { writeTogether } from './write-together.ts';

/** A delivery somebody holds, with who it is for. The lease token proves the holding: a write without it changes nothing. */
export interface ClaimedDelivery {
  readonly delivery: Delivery;
  readonly lease: string;
  readonly snapshot: ReaderSnapshot;
  /** The domain in whose lane it waited; empty for one in none. */
  readonly lane: string;
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
  readonly lanes?: LaneClaim;
}

/** Domains with a pace of their own. */
export interface LaneClaim {
  /** Rows to one of these wait in its lane, and are put there when they are found among the others. */
  readonly domains: readonly string[];
  /** How many may be taken out of which lane, beside `limit` others. */
  readonly turns: readonly { readonly domain: string; readonly count: number }[];
}

const CRASHES_ALLOWED = 3;
/** Of the first ten it is none any more: they would all wait for its turn. */
const SET_ASIDE =
  'update deliveries set lane = ?, wave = case wave when 1 then 2 else wave end where id = ?';
const SKIP = "update deliveries set state = 'skipped', reason = ?, updated_at = ? where id = ?";
const CLAIM = `
  update deliveries
  set state = 'claimed', snapshot = ?, lease_token = ?, lease_until = ?, updated_at = ?
  where id = ?`;

/**
 * Takes up to `limit` due rows of an issue that is being sent, or skips them with a reason, in one transaction:
 * a pause, a suppression or a goodbye that was answered before it is obeyed by it. `looked` counts both kinds and what went into
 * a lane; `lanes` names those that may have more rows.
 */
export async function claimDeliveries(
  store: Store,
  claim: Claim,
  rules: ClaimRules,
): Promise<{ claimed: readonly ClaimedDelivery[]; looked: number; lanes: readonly string[] }> {
  return await writeTogether(store, async (inside) => {
    const wave = await findOpenWave(inside, claim);
    if (claim.isCanary && wave === REST) return { claimed: [], looked: 0, lanes: [] };
    const { due, setAside, lanes } = await findDueRows(inside, claim, wave);
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
        lane: row.lane,
      });
    }
    const passedBy = suspect ? due.map(({ lane }) => lane) : [];
    return { claimed, looked: rows.length + setAside, lanes: [...lanes, ...passedBy] };
  });
}

/** Rows whose turn it is; what is found to be for a domain with a lane goes into it. */
async function findDueRows(store: Store, claim: Claim, wave: number) {
  const { issueId, now, limit, lanes: asked } = claim;
  const select = (most: number, lane?: string) =>
    selectDueRows(store, { issueId, now, limit: most, wave, ...(lane !== undefined && { lane }) });
  if (!asked) return { due: await select(limit), setAside: 0, lanes: [] };
  const due: DueRow[] = [];
  const lanes: string[] = [];
  for (const { domain, count } of asked.turns) {
    const found = await select(count, domain);
    due.push(...found);
    if (found.length === count) lanes.push(domain);
  }
  let setAside = 0;
  const others = limit > 0 ? await select(limit, '') : [];
  for (const row of others) {
    const domain = readDomain(row.normalized_address);
    if (!asked.domains.includes(domain)) due.push(row);
    else {
      await runStatement(store, SET_ASIDE, [domain, row.id]);
      lanes.push(domain);
      setAside += 1;
    }
  }
  return { due, setAside, lanes };
}

/** Empties all lanes of an issue: who sends it next has its own. */
export async function clearLanes(store: Store, issueId: string): Promise<void> {
  await store.db
    .updateTable('deliveries')
    .set({ lane: '' })
    .where('issue_id', '=', issueId)
    .where(sql<boolean>`state = 'queued' and lane <> ''`)
    .execute();
}

/** True when editors or the first ten wait for their turn. */
export async function hasCanary(store: Store, issueId: string, now: Instant): Promise<boolean> {
  return (await findOpenWave(store, { issueId, now })) < REST;
}

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

function toDelivery(row: Omit<DeliveryRow, 'wave' | 'lane'>, snapshot: ReaderSnapshot): Delivery {
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
