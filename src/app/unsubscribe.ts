import { readLinkToken } from '../domain/link-token.ts';
import { endSubscription, findReader, type Reader } from '../store/subscribers.ts';
import type { App } from './app.ts';

/** The reader a link that leaves a list belongs to, or null for a token that is not ours. Changes nothing. */
export async function findLeavingReader(app: App, token: string): Promise<Reader | null> {
  const id = readLinkToken(app.secret, 'unsubscribe', token);
  return id === null ? null : await findReader(app.store, id);
}

/** Ends the subscription a link belongs to and skips its queued mail; doing it twice is the same as once. */
export async function unsubscribe(app: App, token: string): Promise<Reader | null> {
  const reader = await findLeavingReader(app, token);
  if (!reader) return null;
  const end = { reason: 'the reader unsubscribed', now: app.now() };
  await endSubscription(app.store, reader.subscription.id, end);
  app.log.info('subscription.ended', { subscription: reader.subscription.id });
  return reader;
}
