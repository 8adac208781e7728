import { setTimeout as wait } from 'node:timers/promises';
import { timeBetween, type Instant } from '../domain/instant.ts';

interface VisitLimits {
  /** Visits at once over all hosts. */
  readonly inAll: number;
  /** Visits at once to one host. */
  readonly perHost: number;
  /** Between the end of a visit and the next to the same host. */
  readonly pauseMs: number;
  /** So long after its first visit a host gets no further one. */
  readonly hostMs: number;
}

interface Visitor<Item> {
  visit(item: Item): Promise<void>;
  /** Is told of an item that is not visited, because its host has had its time. */
  putOff(item: Item): void;
  now(): Instant;
}

/** Visits every item, many hosts at a time; a slow host holds up nobody but itself, and that not for ever. */
export async function visitHosts<Item extends { readonly url: string }>(
  items: readonly Item[],
  visitor: Visitor<Item>,
  limits: VisitLimits,
): Promise<void> {
  const slots = openSlots(limits.inAll);
  const visitHost = async (waiting: Item[]): Promise<void> => {
    let startedAt: Instant | null = null;
    const walkLane = async (): Promise<void> => {
      for (let item = waiting.shift(); item; item = waiting.shift()) {
        await slots.take();
        startedAt ??= visitor.now();
        const isLate = timeBetween(startedAt, visitor.now()) > limits.hostMs;
        try {
          if (isLate) visitor.putOff(item);
          else await visitor.visit(item);
        } finally {
          slots.release();
        }
        if (waiting.length > 0 && !isLate) await wait(limits.pauseMs);
      }
    };
    await Promise.all(Array.from({ length: limits.perHost }, walkLane));
  };
  await Promise.all(groupByHost(items).map(visitHost));
}

function groupByHost<Item extends { readonly url: string }>(items: readonly Item[]): Item[][] {
  const hosts = new Map<string, Item[]>();
  for (const item of items) {
    const host = URL.canParse(item.url) ? new URL(item.url).hostname : '';
    const known = hosts.get(host);
    if (known) known.push(item);
    else hosts.set(host, [item]);
  }
  return [...hosts.values()];
}

/** So many may go on at once; the others wait in line. */
function openSlots(count: number): { take: () => Promise<void>; release: () => void } {
  const line: (() => void)[] = [];
  let free = count;
  return {
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => line.push(resolve));
    },
    release() {
      const next = line.shift();
      if (next) next();
      else free += 1;
    },
  };
}
