import {
  isHardBounce,
  retryDelayMinutes,
  type DeliveryState,
  type LedgerSums,
  type SendResult,
} from '../domain/delivery.ts';
import { addTime, MINUTE, SECOND, type Instant } from '../domain/instant.ts';
import type { Message } from '../domain/email.ts';
import type { Issue } from '../domain/issue.ts';
import { normalizeAddress } from '../domain/subscriber.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Transport } from '../deliver/open-transport.ts';
import {
  claimDeliveries,
  recordHandOver,
  recordSendResult,
  recoverDeliveries,
  releaseClaim,
  renewLeases,
  type ClaimedDelivery,
} from '../store/deliveries.ts';
import { moveIssue } from '../store/issues.ts';
import { isIssueSettled, sumDeliveries } from '../store/ledger.ts';
import { saveSuppression } from '../store/suppressions.ts';
import type { App } from './app.ts';
import { chooseReturnPath } from './choose-return-path.ts';
import { judgeReader } from './judge-reader.ts';
import { openPress, snapshotReader, writeMessage, type Press } from './write-message.ts';

/** How a run of sending is done. */
export interface SendOptions {
  /** Opens one connection to wherever mail goes; each is used for one message at a time. */
  readonly openTransport: () => Transport;
  /** Who asked: `schedule` or `manual`; kept with every attempt. */
  readonly askedBy: 'schedule' | 'manual';
  readonly onProgress?: (sent: number) => void;
  /** Stops between two messages; what is left waits. */
  readonly signal?: AbortSignal;
}

/** What a run of sending came to. */
export interface SendRun {
  readonly sums: LedgerSums;
  /** Messages the server accepted in this run. */
  readonly sentNow: number;
  /** Why the run stopped before its end, one sentence, or null. */
  readonly problem: string | null;
}

const LEASE = 30 * SECOND;
const CLAIM_AT_ONCE = 10;

interface Run {
  readonly app: App;
  readonly newsletter: Newsletter;
  readonly issue: Issue;
  readonly press: Press;
  readonly options: SendOptions;
  readonly leases: Set<string>;
  sentNow: number;
  problem: string | null;
}

/** Sends what is due of an issue that is in `sending`, over several connections, and finishes the issue when nothing waits. */
export async function sendDeliveries(
  app: App,
  target: { newsletter: Newsletter; issue: Issue },
  options: SendOptions,
): Promise<SendRun> {
  await recoverDeliveries(app.store, app.now());
  const press = await openPress(app, target.newsletter, target.issue);
  const run: Run = { app, ...target, press, options, leases: new Set(), sentNow: 0, problem: null };
  const renewal = setInterval(() => void keepLeases(run), LEASE / 3);
  try {
    const lanes = Array.from({ length: app.settings.smtpConnections }, () => runLane(run));
    await Promise.all(lanes);
  } finally {
    clearInterval(renewal);
  }
  if (await isIssueSettled(app.store, target.issue.id)) {
    await moveIssue(app.store, target.issue.id, {
      from: 'sending',
      to: 'finished',
      finishedAt: app.now(),
    });
  }
  const sums = await sumDeliveries(app.store, target.issue.id);
  app.log.info('issue.sent', { issue: target.issue.id, sentNow: run.sentNow, ...sums });
  return { sums, sentNow: run.sentNow, problem: run.problem };
}

async function keepLeases(run: Run): Promise<void> {
  try {
    await renewLeases(run.app.store, [...run.leases], addTime(run.app.now(), LEASE));
  } catch {
    run.app.log.warn('lease.renewal_failed', { issue: run.issue.id });
  }
}

function isStopped(run: Run): boolean {
  return run.problem !== null || run.options.signal?.aborted === true;
}

async function runLane(run: Run): Promise<void> {
  let transport: Transport | null = null;
  try {
    while (!isStopped(run)) {
      const claimed = await claimBatch(run);
      if (claimed.length === 0) return;
      transport ??= run.options.openTransport();
      await sendBatch(run, transport, claimed);
    }
  } finally {
    await transport?.close();
  }
}

async function claimBatch(run: Run): Promise<readonly ClaimedDelivery[]> {
  const { app, issue, newsletter } = run;
  for (;;) {
    const now = app.now();
    const { claimed, looked } = await claimDeliveries(
      app.store,
      { issueId: issue.id, limit: CLAIM_AT_ONCE, leaseMs: LEASE, now },
      {
        findSkipReason: (reader) => judgeReader(app.settings, reader, now),
        snapshotReader: (reader) => snapshotReader(app, newsletter, reader),
      },
    );
    if (claimed.length > 0 || looked === 0) return claimed;
  }
}

async function sendBatch(
  run: Run,
  transport: Transport,
  batch: readonly ClaimedDelivery[],
): Promise<void> {
  const lease = batch[0]?.lease;
  if (lease) run.leases.add(lease);
  for (const claimed of batch) {
    if (isStopped(run)) await releaseClaim(run.app.store, claimed);
    else await sendOne(run, transport, claimed);
  }
  if (lease) run.leases.delete(lease);
}

async function sendOne(run: Run, transport: Transport, claimed: ClaimedDelivery): Promise<void> {
  const { app } = run;
  const startedAt = app.now();
  const result = await handOver(run, transport, claimed);
  if (result.outcome === 'unavailable') {
    run.problem ??= `The mail server ${transport.describe()} cannot be used: ${result.reply}`;
    await releaseClaim(app.store, claimed);
    return;
  }
  const next = decideNext(result, claimed.delivery.attempts + 1, app.now());
  await recordSendResult(app.store, claimed, {
    result,
    ...next,
    transport: transport.describe(),
    askedBy: run.options.askedBy,
    startedAt,
    now: app.now(),
  });
  if (isHardBounce(result)) await suppress(app, claimed, result.reply);
  if (result.outcome === 'sent') {
    run.sentNow += 1;
    run.options.onProgress?.(run.sentNow);
  } else
    app.log.warn('delivery.not_sent', {
      delivery: claimed.delivery.id,
      outcome: result.outcome,
      stage: result.stage,
      code: result.code,
    });
}

async function handOver(
  run: Run,
  transport: Transport,
  claimed: ClaimedDelivery,
): Promise<SendResult> {
  const message = tryWriteMessage(run, claimed);
  if (!message)
    return {
      outcome: 'refused',
      stage: 'mail',
      code: null,
      reply: 'the message could not be written',
    };
  return await transport.sendMessage(message, async () => {
    const isOurs = await recordHandOver(run.app.store, claimed, run.app.now());
    if (!isOurs) throw new Error('another process took this delivery over');
  });
}

/** A message that cannot be written fails alone: the reason goes to its row and the rest go on. */
function tryWriteMessage(run: Run, claimed: ClaimedDelivery): Message | null {
  try {
    const message = writeMessage(run.press, claimed.snapshot, claimed.delivery.messageId);
    return { ...message, ...chooseReturnPath(run.app, claimed.delivery.id) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    run.app.log.error('delivery.not_written', { delivery: claimed.delivery.id, why });
    return null;
  }
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

async function suppress(app: App, claimed: ClaimedDelivery, note: string): Promise<void> {
  await saveSuppression(app.store, {
    address: normalizeAddress(claimed.snapshot.address),
    reason: 'hard_bounce',
    note,
    createdAt: app.now(),
  });
}
