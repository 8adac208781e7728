import { domainToASCII } from 'node:url';
import type { SendResult } from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import { findAddressFault } from '../domain/subscriber.ts';
import { formatMessage } from './format-message.ts';
import { openSmtpSession, type SmtpSession } from './open-smtp-session.ts';
import type { SmtpServer } from './parse-transport-url.ts';
import { sendBytes, type Parcel } from './send-bytes.ts';
import type { TimeLimits } from './time-limits.ts';

/** A transport over one connection to a mail server, opened when needed and opened again when the server has closed it. */
export function openSmtpTransport(server: SmtpServer, limits: TimeLimits) {
  let session: SmtpSession | null = null;
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
    const opened = await openSmtpSession(server, limits);
    if ('outcome' in opened) return opened;
    session = opened;
    return opened;
  }

  async function sendParcel(parcel: Parcel, commit: () => Promise<void>): Promise<SendResult> {
    if (session && !session.connection.destroyed) {
      const result = await sendBytes(session, parcel, commit);
      if (!isIdleDrop(result)) return result;
    }
    const opened = await openSession();
    return 'outcome' in opened ? opened : sendBytes(opened, parcel, commit);
  }

  async function verifyServer(): Promise<SendResult | null> {
    const opened = await openSession();
    return 'outcome' in opened ? opened : null;
  }

  async function sendMessage(message: Message, commit: () => Promise<void>): Promise<SendResult> {
    const fault = findAddressFault(message.to.address);
    if (fault) return { outcome: 'refused', stage: 'rcpt', code: null, reply: fault };
    return sendParcel(await packMessage(message), commit);
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

async function packMessage(message: Message): Promise<Parcel> {
  return {
    from: encodeAddress(message.returnPath ?? message.from.address),
    to: encodeAddress(message.to.address),
    bytes: await formatMessage(message),
  };
}

/** A domain has an ASCII form that every server takes (RFC 5890); the part before the @ has none. */
function encodeAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}
