import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { sumLedger, type DeliveryState, type LedgerSums } from '../domain/delivery.ts';
import type { Email, Message } from '../domain/email.ts';
import { addTime, type Instant } from '../domain/instant.ts';
import type { SubscriptionState, SuppressionReason } from '../domain/subscription.ts';
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

/** A mail that is to leave. Purpose and subject key name it: the same is never written twice. */
export interface QueuedMail {
  readonly purpose: string;
  readonly subjectKey: string;
  readonly message: Message;
  /** The subscription without which it must not be sent; left out for a mail that needs none. */
  readonly subscriptionId?: string;
  readonly now: Instant;
}

/** What a claim knows of the reader of a mail that needs a subscription. */
export interface MailReader {
  readonly subscriptionState: SubscriptionState;
  readonly suppression: SuppressionReason | null;
}

const CRASHES_ALLOWED = 3;

/** Writes a mail that is to leave; false when there is one about the same already, whatever became of it. */
export async function queueOutboxMail(store: Store, mail: QueuedMail): Promise<boolean> {
  return await writeTogether(store, async (inside) => {
    const { email, ...message } = mail.message;
    const result = await inside.db
      .insertInto('outbox')
      .values({
        id: randomUUID(),
        purpose: mail.purpose,
        subject_key: mail.subjectKey,
        state: 'queued',
        not_before: mail.now,
        message: JSON.stringify(message),
        email_hash: await saveEmail(inside, email),
        subscription_id: mail.subscriptionId ?? null,
        attempts: 0,
        crashes: 0,
        created_at: mail.now,
        updated_at: mail.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  });
}

/** Readers share an email, and it is a hundred times what they do not share. */
async function saveEmail(store: Store, { subject, html, text }: Email): Promise<string> {
  const email = JSON.stringify({ subject, html, text });
  const hash = createHash('sha256').update(email).digest('hex');
  await store.db
    .insertInto('outbox_emails')
    .values({ hash, email })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return hash;
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

/** What became of the mails of a purpose whose subject key begins with `about` and a space. */
export async function sumOutboxMails(
  store: Store,
  purpose: string,
  about: string,
): Promise<LedgerSums> {
  const rows = await store.db
    .selectFrom('outbox')
    .select(['state', (select) => select.fn.countAll<number>().as('count')])
    .where('purpose', '=', purpose)
    .where('subject_key', '>=', `${about} `)
    .where('subject_key', '<', `${about}!`)
    .groupBy('state')
    .execute();
  return sumLedger(Object.fromEntries(rows.map((row) => [row.state, Number(row.count)])));
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

/** Takes the mail that waits longest, or null when none is due. One whose reader must not have it is skipped with the reason. */
export async function claimOutboxMail(
  store: Store,
  claim: { leaseMs: number; now: Instant },
  findSkipReason: (reader: MailReader) => string | null,
): Promise<ClaimedMail | null> {
  return await writeTogether(store, async (inside) => {
    for (;;) {
      const row = await selectDueMail(inside, claim.now);
      if (!row) return null;
      const { subscription_state: subscriptionState, suppression } = row;
      const reader = subscriptionState && { subscriptionState, suppression };
      const reason = reader ? findSkipReason(reader) : null;
      const lease = randomUUID();
      const until = addTime(claim.now, claim.leaseMs);
      const state: DeliveryState = reason === null ? 'claimed' : 'skipped';
      await inside.db
        .updateTable('outbox')
        .set({ state, reason, updated_at: claim.now })
        .set(reason === null ? { lease_token: lease, lease_until: until } : {})
        .where('id', '=', row.id)
        .execute();
      if (reason !== null) continue;
      const { id, purpose, attempts, created_at: createdAt } = row;
      return { id, purpose, lease, attempts, createdAt, message: readMessage(row) };
    }
  });
}

async function selectDueMail({ db }: Store, now: Instant) {
  return await db
    .selectFrom('outbox')
    .leftJoin('outbox_emails', 'outbox_emails.hash', 'outbox.email_hash')
    .leftJoin('subscriptions', 'subscriptions.id', 'outbox.subscription_id')
    .leftJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .leftJoin('suppressions', 'suppressions.address', 'subscribers.normalized_address')
    .selectAll('outbox')
    .select(['outbox_emails.email', 'suppressions.reason as suppression'])
    .select('subscriptions.state as subscription_state')
    .where('outbox.state', '=', 'queued')
    .where('outbox.not_before', '<=', now)
    .orderBy('outbox.not_before')
    .limit(1)
    .executeTakeFirst();
}

function readMessage(row: { message: string; email: string | null }): Message {
  const message = JSON.parse(row.message) as Message;
  return row.email === null ? message : { ...message, email: JSON.parse(row.email) as Email };
}

/** A reader who left or was suppressed since the claim is obeyed up to the last byte. */
const MAY_STILL_BE_MAILED = sql<boolean>`(subscription_id is null or exists (
  select 1 from subscriptions
  join subscribers on subscribers.id = subscriptions.subscriber_id
  left join suppressions on suppressions.address = subscribers.normalized_address
  where subscriptions.id = subscription_id
    and subscriptions.state = 'active' and suppressions.address is null
))`;

/** Moves a held mail on: through the gate before its last byte, or to what came of it. False when another took it over, or when at the gate its reader must not have it any more. */
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
  let update = store.db
    .updateTable('outbox')
    .set({ state: move.to, reason: move.reason ?? null, updated_at: move.now })
    .set(move.notBefore ? { not_before: move.notBefore, attempts: mail.attempts + 1 } : {})
    .set(isOver ? { lease_token: null, lease_until: null } : {})
    .where('id', '=', mail.id)
    .where('lease_token', '=', mail.lease)
    .where('state', '=', move.from);
  if (!isOver) update = update.where(MAY_STILL_BE_MAILED);
  return (await update.executeTakeFirst()).numUpdatedRows > 0n;
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
