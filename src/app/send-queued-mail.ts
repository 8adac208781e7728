import { retryDelayMinutes, type SendResult } from '../domain/delivery.ts';
import { addTime, DAY, MINUTE, SECOND } from '../domain/instant.ts';
import type { Transport } from '../deliver/open-transport.ts';
import {
  claimOutboxMail,
  countDueMails,
  moveOutboxMail,
  recoverOutbox,
  type ClaimedMail,
} from '../store/outbox.ts';
import type { App } from './app.ts';
import { openMail } from './open-mail.ts';
import { isRestored } from './restored-store.ts';

const LEASE = 30 * SECOND;
const GIVEN_UP_AFTER = 2 * DAY;

/** Sends every mail of the outbox that is due, one after the other: the same gate as for an issue, so none leaves twice by itself. */
export async function sendQueuedMail(app: App, signal?: AbortSignal): Promise<void> {
  await recoverOutbox(app.store, app.now());
  if ((await countDueMails(app.store, app.now())) === 0 || (await isRestored(app))) return;
  const mail = await openMail(app);
  const transport = mail.openTransport();
  try {
    while (!signal?.aborted) {
      const claimed = await claimOutboxMail(app.store, { leaseMs: LEASE, now: app.now() });
      if (!claimed || !(await sendOne(app, transport, claimed))) return;
    }
  } finally {
    await transport.close();
    await mail.close();
  }
}

/** False when the mail server cannot be used at all. */
async function sendOne(app: App, transport: Transport, mail: ClaimedMail): Promise<boolean> {
  let isWithdrawn = false;
  const result = await transport.sendMessage(mail.message, async () => {
    const gate = { from: 'claimed', to: 'handing_over', now: app.now() } as const;
    isWithdrawn = !(await moveOutboxMail(app.store, mail, gate));
    if (isWithdrawn) throw new Error('the mail was taken over');
  });
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
