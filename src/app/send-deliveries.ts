import { setTimeout as wait } from 'node:timers/promises';
import type { Issue } from '../domain/issue.ts';
import { addTime, SECOND, timeBetween } from '../domain/instant.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findNextTurn } from '../domain/send-quota.ts';
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
import type { Transport } from '../deliver/open-transport.ts';
import { openGroupCommit } from '../store/open-group-commit.ts';
import type { Store } from '../store/open-store.ts';
import { openSendJournal } from '../store/send-journal.ts';
import type { App } from './app.ts';
import { judgeReader } from './judge-reader.ts';
import { judgeReading } from './judge-reading.ts';
import { countAllowed, noteUse } from './plan-quota.ts';
import { openSupply, type Supply } from './open-supply.ts';
import { releaseDelivery, sendDelivery } from './send-delivery.ts';
import {
  isStopped,
  noteFault,
  type Lane,
  type Sending,
  type SendOptions,
  type SendRun,
} from './sending.ts';
import { openPress, snapshotReader } from './write-message.ts';

/** So long rows stay with a sender that gives no sign of life. */
export const LEASE = 30 * SECOND;
const MOST_CLAIMED = 100;
const CANARY = { isCanary: true } as const;
/** Whose turn it is: only the editors and the first ten, or everybody. */
interface Turn {
  readonly isCanary?: true;
}

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
  const shared = { journal, storeId, leases: new Map<string, number>(), sentNow: 0, problem: null };
  const transport = options.openTransport().describe();
  const sending: Sending = {
    app,
    ...target,
    press,
    options,
    ledger,
    transport,
    lastTurn: null,
    fault: null,
    ...shared,
  };
  const renewal = setInterval(() => void keepLeases(sending), LEASE / 3);
  try {
    if (await hasCanary(app.store, target.issue.id, app.now())) await runLanes(sending, 1, CANARY);
    await runLanes(sending, app.settings.smtpConnections);
  } finally {
    clearInterval(renewal);
    await ledger.close();
  }
  if (sending.fault !== null) throw sending.fault;
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
    await renewLeases(app.store, [...leases.keys()], addTime(app.now(), LEASE));
  } catch {
    app.log.warn('lease.renewal_failed', { issue: issue.id });
  }
}

/** Every lane comes to its end before the ledger may be closed, whatever happened to another. */
async function runLanes(sending: Sending, count: number, turn: Turn = {}): Promise<void> {
  const supply = openSupply(() => claimBatch(sending, turn), count);
  const note = (fault: unknown): void => noteFault(sending, fault);
  const lanes = Array.from({ length: count }, () => runLane(sending, supply).catch(note));
  await Promise.all(lanes);
  for (const claimed of supply.takeRest()) await releaseDelivery(sending, claimed).catch(note);
}

/** Sends until nothing is due. The connection is opened for the first message. */
async function runLane(sending: Sending, supply: Supply): Promise<void> {
  let lane: Lane | null = null;
  let isIdle = true;
  try {
    while (!isStopped(sending)) {
      const claimed = await supply.next();
      // A row that was withdrawn at the last moment is due again.
      if (claimed.length === 0 && isIdle) break;
      lane ??= openLane(sending.options.openTransport());
      isIdle = claimed.length === 0;
      for (const one of claimed) await startDelivery(sending, lane, one);
      if (isIdle) await finishLane(lane);
    }
    if (lane) await finishLane(lane);
  } finally {
    await lane?.transport.close();
  }
}

async function finishLane(lane: Lane): Promise<void> {
  await lane.before;
  await lane.last;
  await lane.recorded;
}

async function claimBatch(sending: Sending, turn: Turn): Promise<readonly ClaimedDelivery[]> {
  for (;;) {
    const { claimed, looked } = await sending.ledger.write((store) =>
      claimAllowed(sending, turn, store),
    );
    const [first] = claimed;
    if (first) sending.leases.set(first.lease, claimed.length);
    if (first || looked === 0) return claimed;
  }
}

/** As many as the mail server's quota has room for; they count as sent from here on. */
async function claimAllowed(sending: Sending, turn: Turn, store: Store) {
  const { app, issue, newsletter, transport } = sending;
  const now = app.now();
  const allowed = await countAllowed(app, store, { transport, now });
  const limit = Math.min(MOST_CLAIMED, 10 * app.settings.smtpConnections, allowed);
  const found = await claimDeliveries(
    store,
    { issueId: issue.id, limit, leaseMs: LEASE, now, ...turn },
    {
      findSkipReason: (reader) =>
        judgeReader(app.settings, reader, now) ?? judgeReading(issue.document, reader.preferences),
      snapshotReader: (reader) => snapshotReader(app, newsletter, reader),
    },
  );
  await noteUse(app, store, { transport, now, count: found.claimed.length });
  return found;
}

/** The next message is written, signed and, where the server takes it, announced while the one before is under way. */
async function startDelivery(
  sending: Sending,
  lane: Lane,
  claimed: ClaimedDelivery,
): Promise<void> {
  await (lane.isProven ? lane.before : lane.last);
  await keepPace(sending);
  lane.before = lane.last;
  const work = isStopped(sending)
    ? releaseDelivery(sending, claimed)
    : sendDelivery(sending, lane, claimed);
  lane.last = work
    .catch((fault: unknown) => noteFault(sending, fault))
    .finally(() => endLease(sending, claimed));
}

/** Waits for a message's turn at the pace the mail server asks for, over all connections. */
async function keepPace(sending: Sending): Promise<void> {
  const { app, options, lastTurn } = sending;
  const now = app.now();
  sending.lastTurn = findNextTurn(app.settings.mail.quota.second, lastTurn, now);
  const delay = timeBetween(now, sending.lastTurn);
  const { signal } = options;
  if (delay > 0) await wait(delay, undefined, signal && { signal }).catch(() => {});
}

/** A lease is kept alive as long as one of its rows is under way. */
function endLease({ leases }: Sending, { lease }: ClaimedDelivery): void {
  const left = (leases.get(lease) ?? 0) - 1;
  if (left > 0) leases.set(lease, left);
  else leases.delete(lease);
}

function openLane(transport: Transport): Lane {
  const done = Promise.resolve();
  return { transport, isProven: false, before: done, last: done, recorded: done };
}
