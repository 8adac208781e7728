import { SECOND } from '../domain/instant.ts';
import {
  claimDeliveries,
  hasCanary,
  type ClaimedDelivery,
  type LaneClaim,
} from '../store/deliveries.ts';
import { findIssue } from '../store/issues.ts';
import type { Store } from '../store/open-store.ts';
import { judgeReader } from './judge-reader.ts';
import { judgeReading } from './judge-reading.ts';
import { countAllowed, noteUse } from './plan-quota.ts';
import { isRouteStopped, type RouteRun, type Sending } from './sending.ts';
import { snapshotReader } from './write-message.ts';

/** How long a claimed row is held without a sign of life. */
export const LEASE = 30 * SECOND;
const MOST_CLAIMED = 100;

/** Whose turn it is: only the editors and the first ten, or everybody. */
export interface Turn {
  readonly isCanary?: true;
}

/** What is claimed for: so many connections of one way out, which hold so many rows already. */
export interface Need extends Turn {
  readonly route: RouteRun;
  readonly connections: number;
  readonly held: number;
}

/** Rows to send next; when there are none but in lanes whose turn has not come, it waits for that. */
export async function claimBatch(
  sending: Sending,
  need: Need,
): Promise<readonly ClaimedDelivery[]> {
  const { ledger, leases, options } = sending;
  const { lanes } = need.route;
  for (;;) {
    const found = await ledger.write((store) => claimAllowed(sending, need, store));
    const { claimed, looked, isFull, turns } = found;
    if (turns) lanes.noteClaim(turns, found);
    const [first] = claimed;
    if (first) leases.set(first.lease, claimed.length);
    if (first || need.held > 0 || isFull || isRouteStopped(sending, need.route)) return claimed;
    if (looked > 0) continue;
    if (!lanes.hasRows() || !(await hasWork(sending, need))) return claimed;
    await lanes.waitForTurn(options.signal);
  }
}

/** False when an issue was paused meanwhile, or when the mails that go first have gone. */
async function hasWork({ app, issue }: Sending, { isCanary }: Turn): Promise<boolean> {
  if ((await findIssue(app.store, issue))?.state !== 'sending') return false;
  return !isCanary || (await hasCanary(app.store, issue.id, app.now()));
}

interface Found extends Awaited<ReturnType<typeof claimDeliveries>> {
  /** What was asked of the lanes. */
  readonly turns: LaneClaim | undefined;
  /** True when the mail server's quota is used up. */
  readonly isFull: boolean;
}

const NOTHING = { claimed: [], looked: 0, lanes: [], turns: undefined };

/** As many as the mail server's quota has room for; they count as sent from here on. */
async function claimAllowed(
  sending: Sending,
  { route, connections, held, ...turn }: Need,
  store: Store,
): Promise<Found> {
  const { app, issue, newsletter } = sending;
  const now = app.now();
  const allowed = await countAllowed(store, route, now);
  if (allowed <= 0) return { ...NOTHING, isFull: true };
  const turns = route.lanes.listTurns(allowed);
  const inLanes = turns?.turns.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const most = Math.min(MOST_CLAIMED, 10 * connections) - held;
  const found = await claimDeliveries(
    store,
    {
      issueId: issue.id,
      limit: Math.max(0, Math.min(most, allowed - inLanes)),
      leaseMs: LEASE,
      now,
      ...turn,
      ...(turns && { lanes: turns }),
    },
    {
      findSkipReason: (reader) =>
        judgeReader(app.settings, reader, now) ?? judgeReading(issue.document, reader.preferences),
      snapshotReader: (reader) => snapshotReader(app, newsletter, reader),
    },
  );
  await noteUse(store, route, { now, count: found.claimed.length });
  return { ...found, isFull: false, turns };
}
