import { makeBounceToken, makeReturnPath } from '../domain/bounce-token.ts';
import type { Message } from '../domain/email.ts';
import type { App } from './app.ts';

/**
 * By what one delivery is known when it comes back: the envelope id that servers give back with it, and the return path when a
 * bounce address is set; else it comes back to the sender.
 */
export function chooseEnvelope(
  { settings, secret }: App,
  deliveryId: string,
): Pick<Message, 'returnPath' | 'envelopeId'> {
  const { address } = settings.bounces;
  const envelopeId = makeBounceToken(secret, deliveryId);
  return address === ''
    ? { envelopeId }
    : { envelopeId, returnPath: makeReturnPath(address, envelopeId) };
}
