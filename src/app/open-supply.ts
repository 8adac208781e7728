import type { ClaimedDelivery } from '../store/deliveries.ts';

/** Claimed rows that the lanes of a run share, so that one claim serves them all. */
export interface Supply {
  /** The next ten rows at most, claimed when there is none left; empty when nothing is due. */
  next(): Promise<readonly ClaimedDelivery[]>;
  /** Rows that nobody took. */
  takeRest(): readonly ClaimedDelivery[];
}

interface SupplyOptions {
  /** Rows are claimed ahead of need: when no more than these are left. */
  readonly reserve: number;
  /** True when there are rows that may not wait until the others are gone. */
  readonly isPressed: () => boolean;
  /** True while rows go out one by one, for they have their turns. */
  readonly isPaced: () => boolean;
}

/** So many go over one connection before another is opened for the next. */
const PORTION = 10;

/** Opens a supply that `claim` fills, one claim at a time; it is told how many rows there are still. */
export function openSupply(
  claim: (held: number) => Promise<readonly ClaimedDelivery[]>,
  { reserve, isPressed, isPaced }: SupplyOptions,
): Supply {
  let rows: ClaimedDelivery[] = [];
  let refill: Promise<void> | null = null;
  let foundNothing = false;

  async function fill(): Promise<void> {
    try {
      const claimed = await claim(rows.length);
      foundNothing = claimed.length === 0;
      const [first, others] = [claimed.filter(isInLane), claimed.filter((row) => !isInLane(row))];
      rows = [...first, ...rows, ...others];
    } finally {
      refill = null;
    }
  }

  function startRefill(): Promise<void> {
    refill ??= fill();
    refill.catch(() => {}); // heard by who waits for it, or at the next claim
    return refill;
  }

  return {
    async next() {
      const isLow = rows.length > 0 && rows.length <= reserve && !foundNothing;
      if (isLow || isPressed()) void startRefill();
      while (rows.length === 0) {
        await startRefill();
        if (foundNothing && rows.length === 0) return [];
      }
      return rows.splice(0, isPaced() ? 1 : PORTION);
    },
    takeRest: () => rows.splice(0),
  };
}

function isInLane({ lane }: ClaimedDelivery): boolean {
  return lane !== '';
}
