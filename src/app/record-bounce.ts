import { createHash } from 'node:crypto';
import type { BouncedRecipient, BounceNotice } from '../domain/bounce.ts';
import { readBounceToken } from '../domain/bounce-token.ts';
import { addTime, DAY, timeBetween, type Instant } from '../domain/instant.ts';
import { findAddressFault, normalizeAddress } from '../domain/subscriber.ts';
import type { Suppression } from '../domain/subscription.ts';
import {
  countSoftBounces,
  findBouncedDelivery,
  recordBounce as keepBounce,
  type BouncedDelivery,
  type BounceEffects,
} from '../store/bounces.ts';
import { listSubscriptions } from '../store/subscribers.ts';
import type { App } from './app.ts';

/** Where a notice came in. A provider has shown our token, and is believed without naming a message of ours. */
export interface BounceOrigin {
  readonly source: 'message' | 'mailbox' | 'ses' | 'postmark' | 'mailgun' | 'sendgrid';
  readonly trust: 'claimed' | 'shown';
}

/** What became of a notice: `known` is one that came before, `not_believed` one that proves no mail of ours. */
export interface BounceVerdict {
  readonly outcome: 'recorded' | 'known' | 'ignored' | 'not_believed';
  /** One sentence for people, without addresses. */
  readonly reason: string;
}

/** Whom a notice is about, as far as it could be proved. */
interface Target {
  readonly delivery: BouncedDelivery | null;
  readonly address: string;
  readonly subscriptions: readonly string[];
}

/** A server tries for five days before it gives a mail back. */
const QUIET_DAYS = 6;
const SILENT: BouncedRecipient = {
  address: null,
  aliases: [],
  class: 'unknown',
  cause: 'unclear',
  status: null,
  action: null,
  diagnostic: null,
};

/**
 * Draws the consequence of what came back: a dead address is suppressed, a complaint also ends the subscription, a mail that failed
 * for now is counted, and a delivery in doubt is settled. The same notice twice changes nothing.
 */
export async function recordBounce(
  app: App,
  notice: BounceNotice,
  origin: BounceOrigin,
): Promise<BounceVerdict> {
  const recipient =
    notice.recipients.find((one) => one.class === 'hard') ?? notice.recipients[0] ?? SILENT;
  const target = await findTarget(app, notice, origin);
  const isNews = notice.kind !== 'other' && notice.kind !== 'auto-reply';
  if (typeof target === 'string') {
    if (!isNews) return { outcome: 'ignored', reason: `Nothing was changed: ${notice.note}.` };
    app.log.warn('bounce.not_believed', { kind: notice.kind, source: origin.source, why: target });
    return { outcome: 'not_believed', reason: `Nothing was changed: ${target}.` };
  }
  const isProof = isNews || notice.kind === 'auto-reply' || notice.recipients.length > 0;
  if (!isProof) return { outcome: 'ignored', reason: `Nothing was changed: ${notice.note}.` };
  const now = app.now();
  const effects = await chooseEffects(app, { notice, recipient, target }, now);
  const id = identify(notice, { recipient, target }, now);
  const isNew = await keepBounce(
    app.store,
    toRow(notice, { id, recipient, target, origin }, now),
    effects,
  );
  if (!isNew) return { outcome: 'known', reason: 'This was recorded before; nothing was changed.' };
  const { kind } = notice;
  const what = { kind, class: recipient.class, cause: recipient.cause, source: origin.source };
  app.log.info('bounce.recorded', { delivery: target.delivery?.id ?? null, ...what });
  if (!isNews) return { outcome: 'ignored', reason: `It reached somebody: ${notice.note}.` };
  return { outcome: 'recorded', reason: describeEffects(notice, recipient, effects) };
}

/** The delivery a notice proves to be about, or why nothing is proved: anyone can write a bounce about anybody. */
async function findTarget(
  app: App,
  notice: BounceNotice,
  origin: BounceOrigin,
): Promise<Target | string> {
  for (const token of [notice.token, notice.envelopeId?.toLowerCase()]) {
    const id = token ? readBounceToken(app.secret, token) : null;
    const delivery = id === null ? null : await findBouncedDelivery(app.store, { id });
    if (delivery) return toTarget(delivery);
  }
  const named = notice.recipients.flatMap(({ address, aliases }) => [address, ...aliases]);
  const addresses = named.flatMap((address) =>
    address !== null && findAddressFault(address) === null ? [normalizeAddress(address)] : [],
  );
  const { originalMessageId: messageId } = notice;
  const delivery = messageId ? await findBouncedDelivery(app.store, { messageId }) : null;
  // A provider may hide whose complaint it is; the Message-ID is the reader's own, and nobody can guess it.
  if (delivery && (addresses.length === 0 || addresses.includes(delivery.address)))
    return toTarget(delivery);
  if (origin.trust === 'shown') {
    const target = await findByAddress(app, addresses);
    if (target) return target;
  }
  if (delivery) return 'the message it names was sent to another address';
  return notice.token ? 'its token is not ours' : 'it names no message that was sent from here';
}

function toTarget(delivery: BouncedDelivery): Target {
  return { delivery, address: delivery.address, subscriptions: [delivery.subscriptionId] };
}

async function findByAddress(app: App, addresses: readonly string[]): Promise<Target | null> {
  for (const address of addresses) {
    const readers = await listSubscriptions(app.store, address);
    const subscriptions = readers.map(({ subscription }) => subscription.id);
    if (subscriptions.length > 0) return { delivery: null, address, subscriptions };
  }
  return null;
}

interface Case {
  readonly notice: BounceNotice;
  readonly recipient: BouncedRecipient;
  readonly target: Target;
}

async function chooseEffects(app: App, given: Case, now: Instant): Promise<BounceEffects> {
  const { notice, recipient, target } = given;
  const note = [recipient.status, recipient.diagnostic].filter(Boolean).join(' ') || null;
  const suppress = (reason: Suppression['reason'], why: string | null): Suppression => ({
    address: target.address,
    reason,
    note: why,
    createdAt: now,
  });
  const isReturned = notice.kind === 'bounce';
  const settle = isReturned
    ? ({ state: 'failed', reason: `it came back: ${note ?? recipient.cause}` } as const)
    : ({ state: 'sent', reason: null } as const);
  if (notice.kind === 'complaint') {
    const suppression = suppress('complaint', notice.reportedBy);
    return { settle, suppression, endSubscriptions: target.subscriptions };
  }
  const nothing = { settle, suppression: null, endSubscriptions: [] };
  if (!isReturned) return nothing;
  if (recipient.class === 'hard') return { ...nothing, suppression: suppress('hard_bounce', note) };
  const why = recipient.class === 'soft' ? await judgeSoftBounces(app, target, now) : null;
  return why === null ? nothing : { ...nothing, suppression: suppress('hard_bounce', why) };
}

/** Why an address is given up after this soft bounce, or null when it is not yet. */
async function judgeSoftBounces(app: App, target: Target, now: Instant): Promise<string | null> {
  const { softLimit, softDays } = app.settings.bounces;
  if (target.delivery === null) return null;
  const before = await countSoftBounces(
    app.store,
    target.delivery.subscriptionId,
    addTime(now, -QUIET_DAYS * DAY),
  );
  const count = before.count + 1;
  const days = timeBetween(before.firstAt ?? now, now) / DAY;
  if (count < softLimit || days < softDays) return null;
  return `${count} mails in a row came back over ${Math.floor(days)} days`;
}

/** The same for the same news: of one delivery each kind and class counts once. */
function identify(
  notice: BounceNotice,
  about: { recipient: BouncedRecipient; target: Target },
  now: Instant,
): string {
  const { delivery, address } = about.target;
  const what = delivery
    ? [delivery.id]
    : [address, notice.originalMessageId ?? notice.envelopeId ?? now.slice(0, 10)];
  const parts = [...what, notice.kind, about.recipient.class];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 40);
}

function toRow(
  notice: BounceNotice,
  about: { id: string; recipient: BouncedRecipient; target: Target; origin: BounceOrigin },
  now: Instant,
) {
  const { id, recipient, target, origin } = about;
  return {
    id,
    delivery_id: target.delivery?.id ?? null,
    address: target.address,
    kind: notice.kind,
    class: recipient.class,
    cause: recipient.cause,
    status: recipient.status,
    diagnostic: recipient.diagnostic,
    reported_by: notice.reportedBy?.slice(0, 255) ?? null,
    source: origin.source,
    at: now,
  };
}

function describeEffects(
  notice: BounceNotice,
  recipient: BouncedRecipient,
  effects: BounceEffects,
): string {
  if (notice.kind === 'complaint')
    return 'The reader complained: the subscription ended and the address is not mailed again.';
  if (notice.kind === 'delay') return 'The mail is late; the server is still trying.';
  if (effects.suppression) return 'The address is not mailed again.';
  return recipient.class === 'soft'
    ? 'The mail came back, but not because the address is dead; it is counted.'
    : 'The mail came back without a reason that could be read; it is kept.';
}
