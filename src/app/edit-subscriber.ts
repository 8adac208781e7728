import { BriefingError } from '../domain/briefing-error.ts';
import { findAddressFault } from '../domain/subscriber.ts';
import { savePreferences } from '../store/preferences.ts';
import { listSubscriptions, saveDetails, type Reader } from '../store/subscribers.ts';
import { readDetails, type SubscriberWish } from './add-subscriber.ts';
import type { App } from './app.ts';
import { chooseNewsletter } from './choose-newsletter.ts';
import { choosePreferences } from './choose-preferences.ts';
import { listLooks } from './load-template-kit.ts';

/**
 * Changes what is known of a reader and what they want of a newsletter: what the wish leaves out stays, what is empty is taken back.
 * Mails that were begun stay as they are. Throws BriefingError with one sentence for what cannot be.
 */
export async function editSubscriber(
  app: App,
  wish: Omit<SubscriberWish, 'consent'>,
  newsletterSlug?: string,
): Promise<Reader> {
  const newsletter = await chooseNewsletter(app, newsletterSlug);
  const { subscriber, subscription } = await findSubscription(app, wish.address, newsletter.slug);
  const details = readDetails({ ...subscriber, ...wish });
  if (typeof details === 'string') throw refuse(details);
  const choices = { newsletter, looks: await listLooks(app) };
  const preferences = choosePreferences(subscription.preferences, wish, choices);
  if (typeof preferences === 'string') throw refuse(preferences);
  const now = app.now();
  await app.store.db.transaction().execute(async (db) => {
    const store = { db, path: app.store.path };
    await saveDetails(store, subscriber.id, details);
    await savePreferences(store, subscription.id, { preferences, now });
  });
  return {
    subscriber: { ...subscriber, ...details },
    subscription: { ...subscription, preferences },
  };
}

/** The reader of a newsletter with this address. Throws BriefingError when there is none. */
export async function findSubscription(
  app: App,
  address: string,
  newsletter: string,
): Promise<Reader> {
  const fault = findAddressFault(address);
  if (fault) throw new BriefingError('invalid', `"${address}" is not an e-mail address: ${fault}.`);
  const readers = await listSubscriptions(app.store, address);
  const reader = readers.find(({ subscription }) => subscription.newsletter === newsletter);
  if (reader) return reader;
  throw new BriefingError(
    'not_found',
    `Nobody with this address is subscribed to "${newsletter}". List readers with: daybrief subscribers list`,
  );
}

function refuse(sentence: string): BriefingError {
  return new BriefingError('invalid', `${sentence} Nothing was changed.`);
}
