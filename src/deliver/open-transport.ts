import type { SendResult } from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import { openOutbox } from './open-outbox.ts';
import { openSmtpTransport } from './open-smtp-transport.ts';
import { parseTransportUrl } from './parse-transport-url.ts';
import { TIME_LIMITS, type TimeLimits } from './time-limits.ts';

/** A way out for messages. It sends one at a time; open several for more connections. */
export interface Transport {
  readonly kind: 'smtp' | 'files';
  /** Where mail goes, for people: host and port or a folder, never credentials. */
  describe(): string;
  /** Connects and logs in afresh without sending anything: null when mail can go out, else what is in the way. */
  verify(): Promise<SendResult | null>;
  /**
   * Hands one message over. `commitHandOver` is called at most once, when all but the end of the message is written;
   * only after it has resolved can the server accept the message, and when it rejects nothing is accepted.
   */
  sendMessage(message: Message, commitHandOver: () => Promise<void>): Promise<SendResult>;
  /** Says goodbye to the server, after the message under way. */
  close(): Promise<void>;
}

/** A transport for `smtp:`, `smtps:` and `file:` URLs; connects only when first used. Throws BriefingError `invalid` for anything else. */
export function openTransport(
  url: string,
  options: { readonly limits?: Partial<TimeLimits> } = {},
): Transport {
  const target = parseTransportUrl(url);
  if (target.kind === 'files') return openOutbox(target.folder);
  return openSmtpTransport(target, { ...TIME_LIMITS, ...options.limits });
}
