import { BriefingError } from '../domain/briefing-error.ts';
import { findAddressFault, normalizeAddress } from '../domain/subscriber.ts';
import type { Suppression } from '../domain/subscription.ts';
import {
  listSuppressions as listStored,
  removeSuppression,
  saveSuppression,
} from '../store/suppressions.ts';
import type { App } from './app.ts';

/** Every address that is not mailed, newest first. */
export function listSuppressions(app: App): Promise<readonly Suppression[]> {
  return listStored(app.store);
}

/** Keeps an address from being mailed by any newsletter; one that is silent already keeps its first reason, which is returned. */
export async function suppressAddress(
  app: App,
  address: string,
  note: string | null,
): Promise<Suppression> {
  refuseAddress(address);
  const normalized = normalizeAddress(address);
  const wish = { address: normalized, reason: 'manual', note, createdAt: app.now() } as const;
  await saveSuppression(app.store, wish);
  return (await findSuppression(app, normalized)) ?? wish;
}

/** The suppression of an address that may be lifted. Throws BriefingError when there is none, or when an erasure asked for it. */
export async function findRemovableSuppression(app: App, address: string): Promise<Suppression> {
  refuseAddress(address);
  const found = await findSuppression(app, normalizeAddress(address));
  if (!found) {
    throw new BriefingError(
      'not_found',
      `${address} is not suppressed. See who is with: daybrief suppressions list`,
    );
  }
  if (found.reason === 'erasure') {
    throw new BriefingError(
      'conflict',
      'This person asked to be forgotten, and only they can change that by signing up again. Nothing was changed.',
    );
  }
  return found;
}

/** Lets an address be mailed again; a subscription that has ended stays so. */
export async function releaseAddress(app: App, address: string): Promise<void> {
  const { address: key, reason } = await findRemovableSuppression(app, address);
  await removeSuppression(app.store, key);
  app.log.info('suppression.removed', { reason });
}

async function findSuppression(app: App, normalized: string): Promise<Suppression | null> {
  return (await listStored(app.store)).find(({ address }) => address === normalized) ?? null;
}

function refuseAddress(address: string): void {
  const fault = findAddressFault(address);
  if (fault) throw new BriefingError('invalid', `"${address}" is not an e-mail address: ${fault}.`);
}
