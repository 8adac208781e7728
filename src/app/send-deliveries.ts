import { setTimeout as wait } from 'node:timers/promises';
import type { Issue } from '../domain/issue.ts';
import { addTime } from '../domain/instant.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findTurn, takeTurns } from '../domain/send-pace.ts';
import { shareConnections } from '../domain/share-connections.ts';
import {
  clearLanes,
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
import { openRoutes } from './open-routes.ts';
import { claimBatch, LEASE, type Need, type Turn } from './claim-batch.ts';
import { openSupply, type Supply } from './open-supply.ts';
import { releaseDelivery, sendDelivery } from './send-delivery.ts';
import { describeFault } from './stop-route.ts';
import {
  countPace,
  isRouteStopped,
  isStopped,
  noteFault,
  type Lane,
  type RouteRun,
  type Sending,
  type SendOptions,
  type SendRun,
} from './sending.ts';
import { openPress } from './write-message.ts';

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
  await clearLanes(app.store, target.issue.id);
  const press = await openPress(app, target.newsletter, target.issue);
  const ledger = openGroupCommit(app.store);
  const journal = openSendJournal(app.store.path);
  const storeId = await findStoreId(app.store);
  const shared = { journal, storeId, leases: new Map<string, number>(), sentNow: 0, problem: null };
  const sending: Sending = {
    app,
    ...target,
    press,
    options,
    ledger,
    routes: openRoutes(app, options, () => countPace(sending)),
    begunAt: performance.now(),
    fault: null,
    ...shared,
  };
  const renewal = setInterval(() => void keepLeases(sending), LEASE / 3);
  try {
    if (await hasCanary(app.store, target.issue.id, app.now())) await runRoutes(sending, CANARY);
    await runRoutes(sending);
  } finally {
    clearInterval(renewal);
    await ledger.close();
  }
  if (sending.fault !== null) throw sending.fault;
  return await concludeRun(sending);
}

async function concludeRun(sending: Sending): Promise<SendRun> {
  const { app, issue, sentNow, problem, routes } = sending;
  if (await isIssueSettled(app.store, issue.id)) {
    const finish = { from: 'sending', to: 'finished', finishedAt: app.now() } as const;
    await moveIssue(app.store, issue.id, finish);
  }
  const { state, reason } = (await findIssue(app.store, issue)) ?? issue;
  if (state === 'cancelled') await skipPutOff(app, issue, reason ?? state);
  const sums = await sumDeliveries(app.store, issue.id);
  app.log.info('issue.sent', { issue: issue.id, state, sentNow, ...sums });
  const faults = problem === null ? routes.flatMap(describeFault) : [];
  return { state, reason, sums, sentNow, problem, faults };
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

/** Over all ways out at once; when one cannot be used any more, the others go on with what it leaves. */
async function runRoutes(sending: Sending, turn: Turn = {}): Promise<void> {
  const { app, routes } = sending;
  for (;;) {
    const usable = routes.filter(({ fault }) => fault === null);
    const weights = usable.map(({ limits }) => limits.weight);
    const shares = turn.isCanary ? [1] : shareConnections(app.settings.smtpConnections, weights);
    const runs = usable.slice(0, shares.length).map((route, place) => {
      const need = { ...turn, route, connections: shares[place] ?? 1 };
      return runLanes(sending, need);
    });
    await Promise.all(runs);
    if (isStopped(sending) || usable.every(({ fault }) => fault === null)) return;
  }
}

/** Every lane comes to its end before the ledger may be closed, whatever happened to another. */
async function runLanes(sending: Sending, need: Omit<Need, 'held'>): Promise<void> {
  const { route, connections } = need;
  const { lanes } = route;
  const supply = openSupply((held) => claimBatch(sending, { ...need, held }), {
    reserve: connections,
    isPressed: lanes.isTurn,
    isPaced: () => sending.routes.length > 1 || lanes.hasRows(),
  });
  const note = (fault: unknown): void => noteFault(sending, fault);
  const running = Array.from({ length: connections }, () =>
    runLane(sending, route, supply).catch(note),
  );
  await Promise.all(running);
  for (const claimed of supply.takeRest())
    await releaseDelivery(sending, route, claimed).catch(note);
}

/** Sends until nothing is due. The connection is opened for the first message. */
async function runLane(sending: Sending, route: RouteRun, supply: Supply): Promise<void> {
  let lane: Lane | null = null;
  let isIdle = true;
  try {
    while (!isRouteStopped(sending, route)) {
      const claimed = await supply.next();
      // A row that was withdrawn at the last moment is due again.
      if (claimed.length === 0 && isIdle) break;
      lane ??= openLane(route);
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

/** The next message is written, signed and, where the server takes it, announced while the one before is under way. */
async function startDelivery(
  sending: Sending,
  lane: Lane,
  claimed: ClaimedDelivery,
): Promise<void> {
  await (lane.isProven ? lane.before : lane.last);
  const { route } = lane;
  await keepPace(sending, route);
  lane.before = lane.last;
  const isLeft = isRouteStopped(sending, route) || route.lanes.isOvertaken(claimed);
  const work = isLeft
    ? releaseDelivery(sending, route, claimed)
    : sendDelivery(sending, lane, claimed);
  lane.last = work
    .catch((fault: unknown) => noteFault(sending, fault))
    .finally(() => endLease(sending, route, claimed));
}

/** Waits for a message's turn at the pace of its way out, over all connections. */
async function keepPace({ options }: Sending, route: RouteRun): Promise<void> {
  if (route.pace.perSecond === Infinity) return;
  const now = performance.now();
  const turn = findTurn(route.pace, now);
  route.pace = takeTurns(route.pace, 1, turn);
  const { signal } = options;
  if (turn > now) await wait(turn - now, undefined, signal && { signal }).catch(() => {});
}

/** A lease is kept alive as long as one of its rows is under way. */
function endLease({ leases }: Sending, { lanes }: RouteRun, claimed: ClaimedDelivery): void {
  const { lease } = claimed;
  lanes.noteEnd(claimed);
  const left = (leases.get(lease) ?? 0) - 1;
  if (left > 0) leases.set(lease, left);
  else leases.delete(lease);
}

function openLane(route: RouteRun): Lane {
  const done = Promise.resolve();
  const transport = route.open();
  return { route, transport, isProven: false, before: done, last: done, recorded: done };
}
