import { makeReturnPath } from '../domain/bounce-token.ts';
import type { Message } from '../domain/email.ts';
import type { App } from './app.ts';

/** Where one delivery comes back to when it cannot be delivered; nothing when no bounce address is set: then it is the sender's. */
export function chooseReturnPath(app: App, deliveryId: string): Pick<Message, 'returnPath'> {
  const { address } = app.settings.bounces;
  return address === '' ? {} : { returnPath: makeReturnPath(app.secret, address, deliveryId) };
}
