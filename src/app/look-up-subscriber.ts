import { BriefingError } from '../domain/briefing-error.ts';
import { findAddressFault, normalizeAddress } from '../domain/subscriber.ts';
import type { Preferences } from '../domain/preferences.ts';
import type { SubscriptionState } from '../domain/subscription.ts';
import { listBounces } from '../store/bounces.ts';
import { listDeliveryHistory, listSubscriptionHistory } from '../store/history.ts';
import { listReaders } from '../store/subscribers.ts';
import { listSuppressions } from '../store/suppressions.ts';
import type { App } from './app.ts';
import { chooseNewsletter } from './choose-newsletter.ts';
import {
  answerWhy,
  describeHistory,
  type HistoryEvent,
  type ReaderHistory,
} from './describe-history.ts';

/** A reader of one newsletter as a list shows them. */
export interface ListedSubscriber {
  readonly address: string;
  readonly name: string;
  readonly zone: string | null;
  readonly language: string | null;
  readonly state: SubscriptionState;
  readonly consent: string | null;
  readonly preferences: Preferences;
}

/** Everything that answers "why did she (not) get it?". */
export interface LookedUpSubscriber extends ReaderHistory {
  readonly address: string;
  /** One sentence about the newest issue. */
  readonly answer: string;
  /** Everything that happened, oldest first. */
  readonly timeline: readonly HistoryEvent[];
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
    preferences: subscription.preferences,
  }));
}

/** What we know of one address. Throws BriefingError when it is nobody's. */
export async function lookUpSubscriber(app: App, address: string): Promise<LookedUpSubscriber> {
  const fault = findAddressFault(address);
  if (fault) throw new BriefingError('invalid', `"${address}" is not an e-mail address: ${fault}.`);
  const normalized = normalizeAddress(address);
  const suppressions = await listSuppressions(app.store);
  const history: ReaderHistory = {
    subscriptions: await listSubscriptionHistory(app.store, normalized),
    deliveries: await listDeliveryHistory(app.store, normalized),
    bounces: await listBounces(app.store, normalized),
    suppression: suppressions.find((row) => row.address === normalized) ?? null,
  };
  if (history.subscriptions.length === 0 && !history.suppression) {
    throw new BriefingError(
      'not_found',
      `Nobody with the address ${address} is known here. List readers with: daybrief subscribers list`,
    );
  }
  return { address, answer: answerWhy(history), timeline: describeHistory(history), ...history };
}
