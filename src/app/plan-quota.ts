import { openTransport } from '../deliver/open-transport.ts';
import { parseTransportUrl } from '../deliver/parse-transport-url.ts';
import { countFree, isCounted, planWithin, type QuotaPlan } from '../domain/send-quota.ts';
import type { Instant } from '../domain/instant.ts';
import type { Store } from '../store/open-store.ts';
import { countTransportUse, recordTransportUse } from '../store/transport-use.ts';
import type { App } from './app.ts';

/** What the mail server's limits mean for `count` messages from now on; null when none are set or no server is. Changes nothing. */
export async function planQuota(app: App, count: number): Promise<QuotaPlan | null> {
  const { quota } = app.settings.mail;
  const url = app.settings.smtpUrl.reveal();
  const hasLimit = isCounted(quota) || quota.second !== Infinity;
  if (!hasLimit || !/^smtps?:/.test(url) || parseTransportUrl(url).kind !== 'smtp') return null;
  const now = app.now();
  const use = await countTransportUse(app.store, openTransport(url).describe(), now);
  return planWithin(quota, use, { count, now });
}

/** How many more messages a transport may be given now. To be asked in the transaction that claims them. */
export async function countAllowed(
  app: App,
  store: Store,
  asked: { transport: string; now: Instant },
): Promise<number> {
  const { quota } = app.settings.mail;
  if (!isCounted(quota)) return Infinity;
  return countFree(quota, await countTransportUse(store, asked.transport, asked.now));
}

/** Counts messages a transport is given; less than none when they come back unsent. */
export async function noteUse(
  app: App,
  store: Store,
  use: { transport: string; now: Instant; count: number },
): Promise<void> {
  if (isCounted(app.settings.mail.quota) && use.count !== 0)
    await recordTransportUse(store, use.transport, use);
}
