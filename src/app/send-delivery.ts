import {
  isHardBounce,
  isSlowDown,
  retryDelayMinutes,
  type DeliveryState,
  type SendResult,
  type SendStage,
} from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import { addTime, MINUTE, type Instant } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import { quickenPace, slowPace } from '../domain/send-pace.ts';
import { findPauseReason, tallyResult } from '../domain/send-watch.ts';
import { normalizeAddress } from '../domain/subscriber.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import { recordHandOver, recordSendResult, releaseClaim } from '../store/hand-overs.ts';
import { moveIssue } from '../store/issues.ts';
import type { Store } from '../store/open-store.ts';
import { countHandOver } from '../store/restored-rows.ts';
import { recordTally } from '../store/sends.ts';
import { saveSuppression } from '../store/suppressions.ts';
import { chooseEnvelope } from './choose-envelope.ts';
import { noteUse } from './plan-quota.ts';
import { countPace, noteFault, type Lane, type RouteRun, type Sending } from './sending.ts';
import { findStopReason, isRouteFault, stopRoute } from './stop-route.ts';
import { writeMessage } from './write-message.ts';

/** Writes one reader's message, hands it over and records what came of it. */
export async function sendDelivery(
  sending: Sending,
  lane: Lane,
  claimed: ClaimedDelivery,
): Promise<void> {
  const startedAt = sending.app.now();
  const result = await handOver(sending, lane, claimed);
  await lane.recorded;
  const { route } = lane;
  if (result === 'withdrawn') return await releaseDelivery(sending, route, claimed);
  if (isRouteFault(sending, route, result)) {
    stopRoute(sending, route, result);
    await releaseDelivery(sending, route, claimed);
    const reason = findStopReason(sending);
    const isPaused = sending.ledger.write((store) => pauseFor(store, sending.issue, reason));
    return notePause(sending, (await isPaused) ? reason : null);
  }
  lane.isProven = true;
  lane.recorded = recordResult(sending, claimed, {
    result,
    transport: route.name,
    askedBy: sending.options.askedBy,
    startedAt,
  }).catch((fault: unknown) => noteFault(sending, fault));
  noteResult(sending, claimed, result);
  notePace(sending, route, { claimed, result });
}

/** Gives a claimed row back untouched. */
export async function releaseDelivery(
  { app, ledger }: Sending,
  route: RouteRun,
  claimed: ClaimedDelivery,
): Promise<void> {
  await ledger.write(async (store) => {
    await releaseClaim(store, claimed);
    await noteUse(store, route, { now: app.now(), count: -1 });
  });
}

/** A reason stops the issue for a person to look, whoever else is sending it; true when it did. */
async function pauseFor(store: Store, issue: Issue, reason: string | null): Promise<boolean> {
  if (reason === null) return false;
  return await moveIssue(store, issue.id, { from: 'sending', to: 'paused', reason });
}

function notePause({ app, issue }: Sending, reason: string | null): void {
  if (reason !== null) app.log.error('issue.paused', { issue: issue.id, reason });
}

/** What the server said, or `withdrawn` when at the gate the message was not to be sent any more. */
async function handOver(
  sending: Sending,
  lane: Lane,
  claimed: ClaimedDelivery,
): Promise<SendResult | 'withdrawn'> {
  const message = tryWriteMessage(sending, claimed);
  if (!message)
    return {
      outcome: 'refused',
      stage: 'mail',
      code: null,
      reply: 'the message could not be written',
    };
  let isWithdrawn = false;
  const result = await lane.transport.sendMessage(message, async () => {
    isWithdrawn = !(await passGate(sending, claimed));
    if (isWithdrawn) throw new Error('the delivery was taken over or withdrawn');
  });
  return isWithdrawn ? 'withdrawn' : result;
}

/** Writes the hand-over to the disk, then to the journal; false when the message is not to be sent any more. */
async function passGate(sending: Sending, claimed: ClaimedDelivery): Promise<boolean> {
  const now = sending.app.now();
  const number = await sending.ledger.write(async (store) =>
    (await recordHandOver(store, claimed, now)) ? await countHandOver(store) : null,
  );
  if (number === null) return false;
  const { id, issueId, messageId } = claimed.delivery;
  const entry = { number, issue: issueId, delivery: id, messageId };
  await sending.journal.append({ store: sending.storeId, ...entry });
  return true;
}

/** A message that cannot be written fails alone: the reason goes to its row and the rest go on. */
function tryWriteMessage({ app, press }: Sending, claimed: ClaimedDelivery): Message | null {
  try {
    const message = writeMessage(press, claimed.snapshot, claimed.delivery.messageId);
    return { ...message, ...chooseEnvelope(app, claimed.delivery.id) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    app.log.error('delivery.not_written', { delivery: claimed.delivery.id, why });
    return null;
  }
}

async function recordResult(
  sending: Sending,
  claimed: ClaimedDelivery,
  attempt: { result: SendResult; transport: string; askedBy: string; startedAt: Instant },
): Promise<void> {
  const { app, issue, ledger } = sending;
  const { result } = attempt;
  const now = app.now();
  const next = decideNext(result, claimed.delivery.attempts + 1, now);
  const reason = await ledger.write(async (store) => {
    await recordSendResult(store, claimed, { ...attempt, ...next, now });
    if (isHardBounce(result)) await suppressReader(store, claimed, { note: result.reply, now });
    const tally = await recordTally(store, issue.id, tallyResult(result));
    return (await pauseFor(store, issue, findPauseReason(tally))) ? findPauseReason(tally) : null;
  });
  notePause(sending, reason);
}

async function suppressReader(
  store: Store,
  claimed: ClaimedDelivery,
  { note, now }: { note: string; now: Instant },
): Promise<void> {
  const address = normalizeAddress(claimed.snapshot.address);
  await saveSuppression(store, { address, reason: 'hard_bounce', note, createdAt: now });
}

function noteResult(sending: Sending, claimed: ClaimedDelivery, result: SendResult): void {
  if (result.outcome === 'sent') {
    sending.sentNow += 1;
    sending.options.onProgress?.(sending.sentNow);
  } else
    sending.app.log.warn('delivery.not_sent', {
      delivery: claimed.delivery.id,
      outcome: result.outcome,
      stage: result.stage,
      code: result.code,
    });
}

/** Before a recipient is named the server speaks about all mail, afterwards about that of one domain. */
const ABOUT_ALL: readonly SendStage[] = ['connect', 'greeting', 'tls', 'auth', 'mail'];

function notePace(
  sending: Sending,
  route: RouteRun,
  { claimed, result }: { claimed: ClaimedDelivery; result: SendResult },
): void {
  const { pace } = route;
  const isAboutAll = ABOUT_ALL.includes(result.stage);
  if (!isAboutAll) route.lanes.noteResult(claimed, result);
  if (isAboutAll && isSlowDown(result)) {
    route.pace = slowPace(pace, { now: performance.now(), usual: countPace(sending) });
    const perMinute = Math.round(route.pace.perSecond * 60);
    const slowed = { transport: route.name, perMinute };
    if (route.pace !== pace) sending.app.log.warn('transport.slowed', slowed);
  } else route.pace = quickenPace(pace, result.outcome === 'sent');
}

function decideNext(
  result: SendResult,
  attempts: number,
  now: Instant,
): { state: DeliveryState; notBefore?: Instant } {
  switch (result.outcome) {
    case 'sent':
      return { state: 'sent' };
    case 'refused':
      return { state: 'failed' };
    case 'unknown':
      return { state: 'unknown' };
    case 'deferred':
    case 'unavailable':
      return { state: 'queued', notBefore: addTime(now, retryDelayMinutes(attempts) * MINUTE) };
  }
}
