import type { ClaimedDelivery } from '../store/deliveries.ts';

/** Claimed rows that the lanes of a run share, so that one claim serves them all. */
export interface Supply {
  /** The next ten rows at most, claimed when there is none left; empty when nothing is due. */
  next(): Promise<readonly ClaimedDelivery[]>;
  /** Rows that nobody took. */
  takeRest(): readonly ClaimedDelivery[];
}

/** So many go over one connection before another is opened for the next. */
const PORTION = 10;

/** Opens a supply that `claim` fills, one claim at a time and ahead of need: when no more than `reserve` rows are left. */
export function openSupply(
  claim: () => Promise<readonly ClaimedDelivery[]>,
  reserve: number,
): Supply {
  let rows: ClaimedDelivery[] = [];
  let refill: Promise<void> | null = null;
  let foundNothing = false;

  async function fill(): Promise<void> {
    try {
      const claimed = await claim();
      foundNothing = claimed.length === 0;
      rows = [...rows, ...claimed];
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
      if (rows.length > 0 && rows.length <= reserve && !foundNothing) void startRefill();
      while (rows.length === 0) {
        await startRefill();
        if (foundNothing && rows.length === 0) return [];
      }
      return rows.splice(0, PORTION);
    },
    takeRest: () => rows.splice(0),
  };
}
