import type { Issue } from '../domain/issue.ts';
import { addTime, SECOND } from '../domain/instant.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import {
  claimDeliveries,
  hasCanary,
  recoverDeliveries,
  renewLeases,
  type ClaimedDelivery,
} from '../store/deliveries.ts';
import { cancelIssue, findIssue, moveIssue } from '../store/issues.ts';
import { isIssueSettled, sumDeliveries } from '../store/ledger.ts';
import { findStoreId } from '../store/meta.ts';
import { openGroupCommit } from '../store/open-group-commit.ts';
import { openSendJournal } from '../store/send-journal.ts';
import type { App } from './app.ts';
import { judgeReader } from './judge-reader.ts';
import { judgeReading } from './judge-reading.ts';
import { releaseDelivery, sendDelivery } from './send-delivery.ts';
import { isStopped, type Lane, type Sending, type SendOptions, type SendRun } from './sending.ts';
import { openPress, snapshotReader } from './write-message.ts';

const LEASE = 30 * SECOND;
const CLAIM_AT_ONCE = 10;
const CANARY = { isCanary: true } as const;

/**
 * Sends what is due of an issue that is in `sending`, over several connections, and finishes the issue when nothing waits.
 * The editors and the first ten readers go over one connection before the rest: what is wrong with a mail is wrong with few.
 */
export async function sendDeliveries(
  app: App,
  target: { newsletter: Newsletter; issue: Issue },
  options: SendOptions,
): Promise<SendRun> {
  await recoverDeliveries(app.store, app.now());
  const press = await openPress(app, target.newsletter, target.issue);
  const ledger = openGroupCommit(app.store);
  const journal = openSendJournal(app.store.path);
  const storeId = await findStoreId(app.store);
  const shared = { journal, storeId, leases: new Set<string>(), sentNow: 0, problem: null };
  const sending: Sending = { app, ...target, press, options, ledger, ...shared };
  const renewal = setInterval(() => void keepLeases(sending), LEASE / 3);
  try {
    if (await hasCanary(app.store, target.issue.id, app.now())) await runLane(sending, CANARY);
    const lanes = Array.from({ length: app.settings.smtpConnections }, () => runLane(sending));
    await Promise.all(lanes);
  } finally {
    clearInterval(renewal);
  }
  return await concludeRun(sending);
}

async function concludeRun({ app, issue, sentNow, problem }: Sending): Promise<SendRun> {
  if (await isIssueSettled(app.store, issue.id)) {
    const finish = { from: 'sending', to: 'finished', finishedAt: app.now() } as const;
    await moveIssue(app.store, issue.id, finish);
  }
  const { state, reason } = (await findIssue(app.store, issue)) ?? issue;
  if (state === 'cancelled') await skipPutOff(app, issue, reason ?? state);
  const sums = await sumDeliveries(app.store, issue.id);
  app.log.info('issue.sent', { issue: issue.id, state, sentNow, ...sums });
  return { state, reason, sums, sentNow, problem };
}

/** A mail that was leaving when its issue was cancelled, and was put off by the server, waits no longer either. */
async function skipPutOff(app: App, issue: Issue, reason: string): Promise<void> {
  const cancel = { from: ['cancelled'], reason, isRolling: false, now: app.now() } as const;
  await cancelIssue(app.store, issue, cancel);
}

async function keepLeases({ app, issue, leases }: Sending): Promise<void> {
  try {
    await renewLeases(app.store, [...leases], addTime(app.now(), LEASE));
  } catch {
    app.log.warn('lease.renewal_failed', { issue: issue.id });
  }
}

/** Claims and sends until nothing is due. The connection is opened for the first message. */
async function runLane(sending: Sending, turn: { isCanary?: true } = {}): Promise<void> {
  let lane: Lane | null = null;
  try {
    while (!isStopped(sending)) {
      const claimed = await claimBatch(sending, turn);
      if (claimed.length === 0) break;
      lane ??= { transport: sending.options.openTransport(), recorded: Promise.resolve() };
      await sendBatch(sending, lane, claimed);
    }
    await lane?.recorded;
  } finally {
    await lane?.transport.close();
  }
}

async function claimBatch(
  sending: Sending,
  turn: { isCanary?: true },
): Promise<readonly ClaimedDelivery[]> {
  const { app, issue, newsletter, ledger } = sending;
  for (;;) {
    const now = app.now();
    const { claimed, looked } = await ledger.write((store) =>
      claimDeliveries(
        store,
        { issueId: issue.id, limit: CLAIM_AT_ONCE, leaseMs: LEASE, now, ...turn },
        {
          findSkipReason: (reader) =>
            judgeReader(app.settings, reader, now) ??
            judgeReading(issue.document, reader.preferences),
          snapshotReader: (reader) => snapshotReader(app, newsletter, reader),
        },
      ),
    );
    if (claimed.length > 0 || looked === 0) return claimed;
  }
}

async function sendBatch(
  sending: Sending,
  lane: Lane,
  batch: readonly ClaimedDelivery[],
): Promise<void> {
  const lease = batch[0]?.lease;
  if (lease) sending.leases.add(lease);
  for (const claimed of batch) {
    if (isStopped(sending)) await releaseDelivery(sending, claimed);
    else await sendDelivery(sending, lane, claimed);
  }
  if (lease) sending.leases.delete(lease);
}
