import { setTimeout as wait } from 'node:timers/promises';
import { isServerFault, retryDelayMinutes, type SendResult } from '../domain/delivery.ts';
import { addTime, DAY, MINUTE, SECOND } from '../domain/instant.ts';
import { findTurn, startPace, takeTurns, type SendPace } from '../domain/send-pace.ts';
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
import { openMail, type Route } from './open-mail.ts';
import { countAllowed, noteUse } from './plan-quota.ts';
import { isRestored } from './restored-store.ts';

const LEASE = 30 * SECOND;
const GIVEN_UP_AFTER = 2 * DAY;

/** Sends every mail of the outbox that is due, one after the other and within the mail server's limits: the same gate as for an issue, so none leaves twice by itself. */
export async function sendQueuedMail(app: App, signal?: AbortSignal): Promise<void> {
  await recoverOutbox(app.store, app.now());
  if ((await countDueMails(app.store, app.now())) === 0 || (await isRestored(app))) return;
  const mail = await openMail(app);
  const left = [...mail.routes];
  try {
    for (let route = left.shift(); route; route = left.shift())
      await sendOver(app, { ...route, isLast: left.length === 0 }, signal);
  } finally {
    await mail.close();
  }
}

interface OutboxRoute extends Route {
  /** No other is left to take what this one does not. */
  readonly isLast: boolean;
}

/** Sends over one way out until nothing is due, or until it takes no more. */
async function sendOver(app: App, route: OutboxRoute, signal?: AbortSignal): Promise<void> {
  const transport = route.open();
  let pace = startPace(route.limits.quota.second);
  try {
    while (!signal?.aborted) {
      const claimed = await claimAllowed(app, route);
      if (!claimed) return;
      pace = await keepPace(pace);
      if (!(await sendOne(app, { ...route, transport }, claimed))) return;
    }
  } finally {
    await transport.close();
  }
}

/** A mail the server's quota has room for; it counts as sent from here on. */
async function claimAllowed(app: App, route: Route): Promise<ClaimedMail | null> {
  return await writeTogether(app.store, async (store) => {
    const now = app.now();
    if ((await countAllowed(store, route, now)) < 1) return null;
    const claimed = await claimOutboxMail(store, { leaseMs: LEASE, now }, judgeConsent);
    if (claimed) await noteUse(store, route, { now, count: 1 });
    return claimed;
  });
}

/** Waits for a mail's turn at the pace of its way out. */
async function keepPace(pace: SendPace): Promise<SendPace> {
  const now = performance.now();
  const turn = findTurn(pace, now);
  if (turn > now) await wait(turn - now);
  return takeTurns(pace, 1, turn);
}

/** False when the mail server cannot be used at all, or not now while there are others. */
async function sendOne(
  app: App,
  route: OutboxRoute & { readonly transport: Transport },
  mail: ClaimedMail,
): Promise<boolean> {
  const { transport } = route;
  let isWithdrawn = false;
  const result = await transport.sendMessage(mail.message, async () => {
    const gate = { from: 'claimed', to: 'handing_over', now: app.now() } as const;
    isWithdrawn = !(await moveOutboxMail(app.store, mail, gate));
    if (isWithdrawn) throw new Error('the mail was taken over or withdrawn');
  });
  const isForAnother = !route.isLast && isServerFault(result);
  const isUnused = isWithdrawn || isForAnother || result.outcome === 'unavailable';
  if (isUnused) await noteUse(app.store, route, { now: app.now(), count: -1 });
  // Whoever left is found out, and told from whoever took it over, when its lease is over.
  if (isWithdrawn) return true;
  const release = { from: 'claimed', to: 'queued', reason: result.reply, now: app.now() } as const;
  if (isForAnother && (await moveOutboxMail(app.store, mail, release))) return false;
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
