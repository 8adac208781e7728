import type { SendResult } from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import { findAddressFault } from '../domain/subscriber.ts';
import { encodeAddress } from './format-header.ts';
import { formatMessage } from './format-message.ts';
import type { Signer } from './open-signer.ts';
import { openSmtpSession, type SmtpSession } from './open-smtp-session.ts';
import type { SmtpServer } from './parse-transport-url.ts';
import { sendBytes, type Parcel } from './send-bytes.ts';
import type { TimeLimits } from './time-limits.ts';

/** How messages go over one connection. */
interface SmtpOptions {
  readonly limits: TimeLimits;
  readonly signer: Signer | null;
  /** After so many messages the connection is opened afresh, for servers that count. */
  readonly messagesPerConnection: number;
}

/** A transport over one connection to a mail server, opened when needed and opened again when the server has closed it. */
export function openSmtpTransport(server: SmtpServer, options: SmtpOptions) {
  let session: SmtpSession | null = null;
  let sentOver = 0;
  let turn: Promise<unknown> = Promise.resolve();

  function takeTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  }

  async function closeSession(): Promise<void> {
    await session?.close();
    session = null;
  }

  async function openSession(): Promise<SmtpSession | SendResult> {
    await closeSession();
    const opened = await openSmtpSession(server, options.limits);
    if ('outcome' in opened) return opened;
    session = opened;
    sentOver = 0;
    return opened;
  }

  async function sendParcel(parcel: Parcel, commit: () => Promise<void>): Promise<SendResult> {
    if (session?.isUsable() && sentOver < options.messagesPerConnection) {
      sentOver += 1;
      const result = await sendBytes(session, parcel, commit);
      if (!isIdleDrop(result)) return result;
    }
    const opened = await openSession();
    if ('outcome' in opened) return opened;
    sentOver += 1;
    return await sendBytes(opened, parcel, commit);
  }

  async function verifyServer(): Promise<SendResult | null> {
    const opened = await openSession();
    return 'outcome' in opened ? opened : null;
  }

  async function sendMessage(message: Message, commit: () => Promise<void>): Promise<SendResult> {
    const fault = findAddressFault(message.to.address);
    if (fault) return { outcome: 'refused', stage: 'rcpt', code: null, reply: fault };
    return await sendParcel(await packMessage(message, options.signer), commit);
  }

  return {
    kind: 'smtp' as const,
    describe: () =>
      `${server.host.includes(':') ? `[${server.host}]` : server.host}:${server.port}`,
    verify: () => takeTurn(verifyServer),
    sendMessage: (message: Message, commitHandOver: () => Promise<void>) =>
      takeTurn(() => sendMessage(message, commitHandOver)),
    close: () => takeTurn(closeSession),
  };
}

/** Servers drop idle connections without a word; a used one that fails before any answer to MAIL is worth a second try. */
function isIdleDrop(result: SendResult): boolean {
  return result.outcome === 'deferred' && result.stage === 'mail' && result.code === null;
}

async function packMessage(message: Message, signer: Signer | null): Promise<Parcel> {
  return {
    from: encodeAddress(message.returnPath ?? message.from.address),
    to: encodeAddress(message.to.address),
    bytes: await formatMessage(message, signer),
  };
}
