import { readDomain, type DomainLimit } from '../domain/domain-limit.ts';
import { isSlowDown, type SendResult } from '../domain/delivery.ts';
import {
  countTurns,
  findTurn,
  quickenPace,
  slowPace,
  startPace,
  takeTurns,
  type SendPace,
} from '../domain/send-pace.ts';
import { SECOND } from '../domain/instant.ts';
import type { Log } from '../log.ts';
import type { ClaimedDelivery, LaneClaim } from '../store/deliveries.ts';

/** The domains that a way out is given at a pace of their own, so that none holds up the others. Known in memory alone: the next run finds out anew. */
export interface DomainLanes {
  /** What may be claimed now, `most` at most; undefined while all domains are mailed alike. */
  readonly listTurns: (most: number) => LaneClaim | undefined;
  /** Told what a claim of those turns gave, and which lanes have rows. */
  readonly noteClaim: (asked: LaneClaim, found: ClaimFound) => void;
  /** Told what the server said about a row. */
  readonly noteResult: (claimed: ClaimedDelivery, result: SendResult) => void;
  /** Told that a claimed row is no longer under way. */
  readonly noteEnd: (claimed: ClaimedDelivery) => void;
  /** True for a row that was claimed before its domain had a lane. */
  readonly isOvertaken: (claimed: ClaimedDelivery) => boolean;
  /** True when a lane with rows has its turn. */
  readonly isTurn: () => boolean;
  /** True while a lane has rows. */
  readonly hasRows: () => boolean;
  /** Waits for the next turn of a lane with rows, a second at most. */
  readonly waitForTurn: (signal?: AbortSignal) => Promise<void>;
}

interface ClaimFound {
  readonly claimed: readonly ClaimedDelivery[];
  readonly lanes: readonly string[];
}

interface DomainLane {
  pace: SendPace;
  readonly atOnce: number;
  underWay: number;
  hasRows: boolean;
}

interface LanesOptions {
  /** Domains with a lane on any way out of the run: a row that one set aside must be found by all. */
  readonly domains: Set<string>;
  readonly log: Log;
  /** Messages a second that the run hands over. */
  readonly countPace: () => number;
}

const NO_LIMIT: DomainLimit = { perSecond: Infinity, atOnce: Infinity };

type Lanes = Map<string, DomainLane>;

const MOST_FOR_ONE = 10;

/** Opens the lanes of one way out: one for every domain with a limit, and more as servers ask for less. */
export function openDomainLanes(
  limits: ReadonlyMap<string, DomainLimit>,
  { domains, log, countPace }: LanesOptions,
): DomainLanes {
  const lanes: Lanes = new Map();
  const bell = openBell();
  for (const [domain, limit] of limits) addLane(domain, limit);

  function addLane(domain: string, limit: DomainLimit): DomainLane {
    const lane = openLane(limit);
    lanes.set(domain, lane);
    domains.add(domain);
    return lane;
  }

  function slowLane(claimed: ClaimedDelivery): void {
    const domain = readDomain(claimed.snapshot.address);
    const known = lanes.get(domain);
    if (known && claimed.lane === '') return; // it was under way before there was a lane
    const lane = known ?? addLane(domain, NO_LIMIT);
    const pace = slowPace(lane.pace, { now: performance.now(), usual: countPace() });
    if (pace !== lane.pace) log.warn('domain.slowed', { domain, perMinute: perMinute(pace) });
    lane.pace = pace;
  }

  function quickenLane(domain: string, lane: DomainLane, isTaken: boolean): void {
    const { perSecond } = lane.pace;
    lane.pace = quickenPace(lane.pace, isTaken);
    if (lane.pace.perSecond !== perSecond)
      log.info('domain.quickened', { domain, perMinute: perMinute(lane.pace) });
  }

  return {
    listTurns(most) {
      if (domains.size === 0) return undefined;
      for (const domain of domains) if (!lanes.has(domain)) addLane(domain, NO_LIMIT);
      return listTurns(lanes, most);
    },
    noteClaim: (asked, found) => noteClaim(lanes, asked, found),
    noteResult(claimed, result) {
      const lane = lanes.get(claimed.lane);
      if (isSlowDown(result)) slowLane(claimed);
      else if (lane) quickenLane(claimed.lane, lane, result.outcome === 'sent');
    },
    noteEnd({ lane: domain }) {
      const lane = lanes.get(domain);
      if (!lane) return;
      lane.underWay -= 1;
      bell.ring();
    },
    isOvertaken: (claimed) =>
      claimed.lane === '' && lanes.size > 0 && lanes.has(readDomain(claimed.snapshot.address)),
    isTurn: () => listWaiting(lanes).some((lane) => countLaneTurns(lane) > 0),
    hasRows: () => listWaiting(lanes).length > 0,
    async waitForTurn(signal) {
      const now = performance.now();
      const waits = listWaiting(lanes).map((lane) => findLaneTurn(lane, now) - now);
      await bell.wait(Math.min(SECOND, ...waits), signal);
    },
  };
}

function listWaiting(lanes: Lanes): readonly DomainLane[] {
  return lanes.size === 0 ? [] : [...lanes.values()].filter(({ hasRows }) => hasRows);
}

function listTurns(lanes: Lanes, most: number): LaneClaim {
  const turns: { domain: string; count: number }[] = [];
  let left = most;
  for (const [domain, lane] of lanes) {
    const count = Math.min(countLaneTurns(lane), left);
    if (count > 0) turns.push({ domain, count });
    left -= count;
  }
  return { domains: [...lanes.keys()], turns };
}

function noteClaim(lanes: Lanes, asked: LaneClaim, { claimed, lanes: filled }: ClaimFound): void {
  for (const { domain } of asked.turns) {
    const lane = lanes.get(domain);
    if (!lane) continue;
    const got = claimed.filter((one) => one.lane === domain).length;
    lane.pace = takeTurns(lane.pace, got, performance.now());
    lane.underWay += got;
    lane.hasRows = false;
  }
  for (const lane of filled.map((domain) => lanes.get(domain))) if (lane) lane.hasRows = true;
}

/** What somebody waits for, for a while. */
function openBell() {
  let ring = () => {};
  return {
    ring: () => ring(),
    wait: (milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(() => ring(), milliseconds);
        ring = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', ring);
          resolve();
        };
        signal?.addEventListener('abort', ring);
      }),
  };
}

function openLane({ perSecond, atOnce }: DomainLimit): DomainLane {
  return { pace: startPace(perSecond), atOnce, underWay: 0, hasRows: false };
}

function findLaneTurn({ pace, atOnce, underWay }: DomainLane, now: number): number {
  return underWay < atOnce ? findTurn(pace, now) : Infinity;
}

function countLaneTurns({ pace, atOnce, underWay }: DomainLane): number {
  return Math.min(countTurns(pace, performance.now()), atOnce - underWay, MOST_FOR_ONE);
}

function perMinute({ perSecond }: SendPace): number {
  return Math.round(perSecond * 60);
}
