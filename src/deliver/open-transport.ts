import type { SendResult } from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import type { Signer } from './open-signer.ts';
import { openOutbox } from './open-outbox.ts';
import { openSmtpTransport } from './open-smtp-transport.ts';
import { parseTransportUrl, type ReadToken } from './parse-transport-url.ts';
import { TIME_LIMITS, type TimeLimits } from './time-limits.ts';

/** A way out for messages over one connection. What is asked for meanwhile is prepared, and follows as soon as the server takes it. */
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

/** How messages are handed over; what is left out is usual. */
interface TransportOptions {
  readonly limits?: Partial<TimeLimits>;
  /** Signs every message; none is signed without. */
  readonly signer?: Signer | null;
  readonly messagesPerConnection?: number;
  /** Where a mail URL wants a token to log in with. */
  readonly readToken?: ReadToken | null;
}

/** A transport for `smtp:`, `smtps:` and `file:` URLs; connects only when first used. Throws BriefingError `invalid` for anything else. */
export function openTransport(url: string, options: TransportOptions = {}): Transport {
  const target = parseTransportUrl(url);
  const { signer = null, messagesPerConnection = Infinity, readToken = null } = options;
  if (target.kind === 'files') return openOutbox(target.folder, signer);
  const limits = { ...TIME_LIMITS, ...options.limits };
  const { login } = target;
  const server =
    login && 'readToken' in login ? { ...target, login: { ...login, readToken } } : target;
  return openSmtpTransport(server, { limits, signer, messagesPerConnection });
}
