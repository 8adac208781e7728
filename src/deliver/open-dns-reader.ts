import { Resolver } from 'node:dns/promises';

/** Reads what names publish. An empty list: nothing is published; null: nobody answered in time, which says nothing. */
export interface DnsReader {
  /** TXT records, the strings of each joined. */
  readTexts(name: string): Promise<readonly string[] | null>;
  /** Hosts that take mail (MX), the preferred first; `''` for a domain that takes none (RFC 7505). */
  readMailHosts(name: string): Promise<readonly string[] | null>;
  /** IPv4 and IPv6 addresses. */
  readAddresses(name: string): Promise<readonly string[] | null>;
  close(): void;
}

const PATIENCE = { timeout: 1_500, tries: 2 };
const NOTHING_THERE = ['ENOTFOUND', 'ENODATA'];

/** Opens a reader of the DNS that answers within `limitMs` after it was opened, whatever happens; `server` is `address:port`, empty for the system's. */
export function openDnsReader({ server, limitMs }: { server: string; limitMs: number }): DnsReader {
  const resolver = new Resolver(PATIENCE);
  if (server !== '') resolver.setServers([server]);
  let isOver = false;
  const timer = setTimeout(stop, limitMs);

  function stop(): void {
    isOver = true;
    clearTimeout(timer);
    resolver.cancel();
  }

  async function ask<T>(question: () => Promise<readonly T[]>): Promise<readonly T[] | null> {
    if (isOver) return null;
    try {
      return await question();
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      return NOTHING_THERE.includes(code) ? [] : null;
    }
  }

  return {
    async readTexts(name) {
      const records = await ask(() => resolver.resolveTxt(name));
      return records?.map((strings) => strings.join('')) ?? null;
    },
    async readMailHosts(name) {
      const records = await ask(() => resolver.resolveMx(name));
      return records?.toSorted((a, b) => a.priority - b.priority).map((mx) => mx.exchange) ?? null;
    },
    async readAddresses(name) {
      const [four, six] = await Promise.all([
        ask(() => resolver.resolve4(name)),
        ask(() => resolver.resolve6(name)),
      ]);
      return four || six ? [...(four ?? []), ...(six ?? [])] : null;
    },
    close: stop,
  };
}
