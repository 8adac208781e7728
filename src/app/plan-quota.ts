import { countFree, isCounted, planWithin, type QuotaPlan } from '../domain/send-quota.ts';
import type { Instant } from '../domain/instant.ts';
import type { Store } from '../store/open-store.ts';
import { countTransportUse, recordTransportUse } from '../store/transport-use.ts';
import type { TransportSettings } from '../transport-config.ts';
import type { App } from './app.ts';
import { nameTransport } from './name-transport.ts';

/** What the mail servers' limits mean for `count` messages from now on; null when one of them has none. Changes nothing. */
export async function planQuota(app: App, count: number): Promise<QuotaPlan | null> {
  const { transports } = app.settings.mail;
  if (transports.length === 0 || !transports.every(isLimited)) return null;
  const now = app.now();
  const ways = transports.map(async (transport) => ({
    quota: transport.quota,
    use: await countTransportUse(app.store, nameTransport(transport), now),
  }));
  return planWithin(await Promise.all(ways), { count, now });
}

function isLimited({ url, quota }: TransportSettings): boolean {
  return /^smtps?:/.test(url.reveal()) && (isCounted(quota) || quota.second !== Infinity);
}

/** A way out as its limits are counted. */
interface CountedRoute {
  readonly name: string;
  readonly limits: Pick<TransportSettings, 'quota'>;
}

/** How many more messages a way out may be given now. To be asked in the transaction that claims them. */
export async function countAllowed(
  store: Store,
  { name, limits: { quota } }: CountedRoute,
  now: Instant,
): Promise<number> {
  if (!isCounted(quota)) return Infinity;
  return countFree(quota, await countTransportUse(store, name, now), now);
}

/** Counts messages a way out is given; less than none when they come back unsent. */
export async function noteUse(
  store: Store,
  { name, limits }: CountedRoute,
  use: { now: Instant; count: number },
): Promise<void> {
  if (isCounted(limits.quota) && use.count !== 0) await recordTransportUse(store, name, use);
}
