import { isServerFault } from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import type { Transport } from './open-transport.ts';

/** A transport over several: each is used until it cannot be, and then the next one; for messages one after the other. */
export function openFailover(
  first: () => Transport,
  others: readonly (() => Transport)[],
): Transport {
  let current = first();
  const left = [...others];

  return {
    kind: current.kind,
    describe: () => current.describe(),
    verify: () => current.verify(),
    async sendMessage(message: Message, commitHandOver: () => Promise<void>) {
      let isHandedOver = false;
      for (;;) {
        const result = await current.sendMessage(message, async () => {
          isHandedOver = true;
          await commitHandOver();
        });
        const next = isHandedOver || !isServerFault(result) ? undefined : left.shift();
        if (!next) return result;
        await current.close();
        current = next();
      }
    },
    close: () => current.close(),
  };
}
