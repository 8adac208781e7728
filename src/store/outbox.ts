import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { DeliveryState } from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import { addTime, type Instant } from '../domain/instant.ts';
import type { Store } from './open-store.ts';
import { writeTogether } from './write-together.ts';

/** A mail of the outbox that somebody holds; a write without its lease changes nothing. */
export interface ClaimedMail {
  readonly id: string;
  readonly purpose: string;
  readonly lease: string;
  readonly attempts: number;
  readonly createdAt: Instant;
  readonly message: Message;
}

const CRASHES_ALLOWED = 3;

/** Writes a mail that is to leave; false when there is one about the same already, whatever became of it. */
export async function queueOutboxMail(
  store: Store,
  mail: { purpose: string; subjectKey: string; message: Message; now: Instant },
): Promise<boolean> {
  const result = await store.db
    .insertInto('outbox')
    .values({
      id: randomUUID(),
      purpose: mail.purpose,
      subject_key: mail.subjectKey,
      state: 'queued',
      not_before: mail.now,
      message: JSON.stringify(mail.message),
      attempts: 0,
      crashes: 0,
      created_at: mail.now,
      updated_at: mail.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** True when there is a mail with this purpose and subject, whatever became of it. */
export async function hasOutboxMail(
  store: Store,
  purpose: string,
  subjectKey: string,
): Promise<boolean> {
  const row = await store.db
    .selectFrom('outbox')
    .select('id')
    .where('purpose', '=', purpose)
    .where('subject_key', '=', subjectKey)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many mails wait and are due. */
export async function countDueMails(store: Store, now: Instant): Promise<number> {
  const row = await store.db
    .selectFrom('outbox')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', '=', 'queued')
    .where('not_before', '<=', now)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Takes the mail that waits longest, or null when none is due. */
export async function claimOutboxMail(
  store: Store,
  claim: { leaseMs: number; now: Instant },
): Promise<ClaimedMail | null> {
  return await writeTogether(store, async ({ db }) => {
    const row = await db
      .selectFrom('outbox')
      .selectAll()
      .where('state', '=', 'queued')
      .where('not_before', '<=', claim.now)
      .orderBy('not_before')
      .limit(1)
      .executeTakeFirst();
    if (!row) return null;
    const lease = randomUUID();
    const until = addTime(claim.now, claim.leaseMs);
    await db
      .updateTable('outbox')
      .set({ state: 'claimed', lease_token: lease, lease_until: until, updated_at: claim.now })
      .where('id', '=', row.id)
      .execute();
    const { id, purpose, attempts, created_at: createdAt } = row;
    return { id, purpose, lease, attempts, createdAt, message: JSON.parse(row.message) as Message };
  });
}

/** Moves a held mail on: through the gate before its last byte, or to what came of it. False when another took it over. */
export async function moveOutboxMail(
  store: Store,
  mail: ClaimedMail,
  move: {
    from: 'claimed' | 'handing_over';
    to: DeliveryState;
    reason?: string | null;
    notBefore?: Instant;
    now: Instant;
  },
): Promise<boolean> {
  const isOver = move.to !== 'handing_over';
  const result = await store.db
    .updateTable('outbox')
    .set({ state: move.to, reason: move.reason ?? null, updated_at: move.now })
    .set(move.notBefore ? { not_before: move.notBefore, attempts: mail.attempts + 1 } : {})
    .set(isOver ? { lease_token: null, lease_until: null } : {})
    .where('id', '=', mail.id)
    .where('lease_token', '=', mail.lease)
    .where('state', '=', move.from)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Takes back what a dead process held: before the gate it is queued again (the third crash sets it aside), after it nobody knows. */
export async function recoverOutbox(store: Store, now: Instant): Promise<void> {
  const lost = store.db
    .updateTable('outbox')
    .set({ lease_token: null, lease_until: null, updated_at: now })
    .where('lease_until', '<', now);
  await lost
    .set({ state: 'unknown', reason: 'the program stopped before the reply came' })
    .where('state', '=', 'handing_over')
    .execute();
  await lost
    .set({
      crashes: sql`crashes + 1`,
      state: sql`case when crashes + 1 >= ${CRASHES_ALLOWED} then 'failed' else 'queued' end`,
    })
    .where('state', '=', 'claimed')
    .execute();
}
