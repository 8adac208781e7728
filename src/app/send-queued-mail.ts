import { setTimeout as wait } from 'node:timers/promises';
import { retryDelayMinutes, type SendResult } from '../domain/delivery.ts';
import { addTime, DAY, MINUTE, SECOND, timeBetween, type Instant } from '../domain/instant.ts';
import { findNextTurn } from '../domain/send-quota.ts';
import type { Transport } from '../deliver/open-transport.ts';
import {
  claimOutboxMail,
  countDueMails,
  moveOutboxMail,
  recoverOutbox,
  type ClaimedMail,
} from '../store/outbox.ts';
import { writeTogether } from '../store/write-together.ts';
import type { App } from './app.ts';
import { judgeConsent } from './judge-reader.ts';
import { openMail } from './open-mail.ts';
import { countAllowed, noteUse } from './plan-quota.ts';
import { isRestored } from './restored-store.ts';

const LEASE = 30 * SECOND;
const GIVEN_UP_AFTER = 2 * DAY;

/** Sends every mail of the outbox that is due, one after the other and within the mail server's limits: the same gate as for an issue, so none leaves twice by itself. */
export async function sendQueuedMail(app: App, signal?: AbortSignal): Promise<void> {
  await recoverOutbox(app.store, app.now());
  if ((await countDueMails(app.store, app.now())) === 0 || (await isRestored(app))) return;
  const mail = await openMail(app);
  const transport = mail.openTransport();
  let lastTurn: Instant | null = null;
  try {
    while (!signal?.aborted) {
      const claimed = await claimAllowed(app, transport);
      if (!claimed) return;
      lastTurn = await keepPace(app, lastTurn);
      if (!(await sendOne(app, transport, claimed))) return;
    }
  } finally {
    await transport.close();
    await mail.close();
  }
}

/** A mail the server's quota has room for; it counts as sent from here on. */
async function claimAllowed(app: App, transport: Transport): Promise<ClaimedMail | null> {
  return await writeTogether(app.store, async (store) => {
    const now = app.now();
    const use = { transport: transport.describe(), now };
    if ((await countAllowed(app, store, use)) < 1) return null;
    const claimed = await claimOutboxMail(store, { leaseMs: LEASE, now }, judgeConsent);
    if (claimed) await noteUse(app, store, { ...use, count: 1 });
    return claimed;
  });
}

/** Waits for a mail's turn at the pace the mail server asks for, and returns when that was. */
async function keepPace(app: App, last: Instant | null): Promise<Instant> {
  const now = app.now();
  const turn = findNextTurn(app.settings.mail.quota.second, last, now);
  const delay = timeBetween(now, turn);
  if (delay > 0) await wait(delay);
  return turn;
}

/** False when the mail server cannot be used at all. */
async function sendOne(app: App, transport: Transport, mail: ClaimedMail): Promise<boolean> {
  let isWithdrawn = false;
  const result = await transport.sendMessage(mail.message, async () => {
    const gate = { from: 'claimed', to: 'handing_over', now: app.now() } as const;
    isWithdrawn = !(await moveOutboxMail(app.store, mail, gate));
    if (isWithdrawn) throw new Error('the mail was taken over or withdrawn');
  });
  const isUnused = isWithdrawn || result.outcome === 'unavailable';
  const unused = { transport: transport.describe(), now: app.now(), count: -1 };
  if (isUnused) await noteUse(app, app.store, unused);
  // Whoever left is found out, and told from whoever took it over, when its lease is over.
  if (isWithdrawn) return true;
  await recordResult(app, mail, result);
  const { outcome, stage, code } = result;
  app.log.info('mail.sent', { mail: mail.id, purpose: mail.purpose, outcome, stage, code });
  return outcome !== 'unavailable';
}

async function recordResult(app: App, mail: ClaimedMail, result: SendResult): Promise<void> {
  const now = app.now();
  const reason = result.outcome === 'sent' ? null : result.reply;
  const isPutOff = result.outcome === 'deferred' || result.outcome === 'unavailable';
  const isTooOld = addTime(mail.createdAt, GIVEN_UP_AFTER) < now;
  const notBefore = addTime(now, retryDelayMinutes(mail.attempts + 1) * MINUTE);
  const move = isPutOff
    ? { to: isTooOld ? ('failed' as const) : ('queued' as const), notBefore }
    : {
        to: result.outcome === 'refused' ? ('failed' as const) : result.outcome,
      };
  for (const from of ['handing_over', 'claimed'] as const)
    if (await moveOutboxMail(app.store, mail, { ...move, from, reason, now })) return;
}
