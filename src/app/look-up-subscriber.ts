import { BriefingError } from '../domain/briefing-error.ts';
import { findAddressFault, normalizeAddress } from '../domain/subscriber.ts';
import type { SubscriptionState } from '../domain/subscription.ts';
import { listDeliveriesTo, type LedgerRow } from '../store/ledger.ts';
import { listReaders, listSubscriptions } from '../store/subscribers.ts';
import { listSuppressions } from '../store/suppressions.ts';
import type { App } from './app.ts';
import { chooseNewsletter } from './choose-newsletter.ts';

/** A reader of one newsletter as a list shows them. */
export interface ListedSubscriber {
  readonly address: string;
  readonly name: string;
  readonly zone: string | null;
  readonly language: string | null;
  readonly state: SubscriptionState;
  readonly consent: string | null;
}

/** Everything that answers "why did she (not) get it?". */
export interface LookedUpSubscriber {
  readonly address: string;
  readonly subscriptions: readonly {
    newsletter: string;
    state: SubscriptionState;
    consent: string | null;
  }[];
  readonly suppression: string | null;
  readonly deliveries: readonly LedgerRow[];
}

/** The readers of one newsletter by address. */
export async function listSubscribers(
  app: App,
  newsletterSlug?: string,
): Promise<readonly ListedSubscriber[]> {
  const newsletter = await chooseNewsletter(app, newsletterSlug);
  const readers = await listReaders(app.store, newsletter.slug);
  return readers.map(({ subscriber, subscription }) => ({
    address: subscriber.address,
    name: subscriber.name,
    zone: subscriber.zone,
    language: subscriber.language,
    state: subscription.state,
    consent: subscription.consent,
  }));
}

/** What we know of one address. Throws BriefingError when it is nobody's. */
export async function lookUpSubscriber(app: App, address: string): Promise<LookedUpSubscriber> {
  const fault = findAddressFault(address);
  if (fault) throw new BriefingError('invalid', `"${address}" is not an e-mail address: ${fault}.`);
  const normalized = normalizeAddress(address);
  const readers = await listSubscriptions(app.store, address);
  const suppression = (await listSuppressions(app.store)).find((row) => row.address === normalized);
  if (readers.length === 0 && !suppression) {
    throw new BriefingError(
      'not_found',
      `Nobody with the address ${address} is known here. List readers with: daybrief subscribers list`,
    );
  }
  return {
    address,
    subscriptions: readers.map(({ subscription }) => ({
      newsletter: subscription.newsletter,
      state: subscription.state,
      consent: subscription.consent,
    })),
    suppression: suppression
      ? `${suppression.reason}${suppression.note ? `: ${suppression.note}` : ''}`
      : null,
    deliveries: await listDeliveriesTo(app.store, normalized),
  };
}
