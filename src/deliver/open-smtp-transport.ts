import type { SendResult } from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import { findAddressFault } from '../domain/subscriber.ts';
import { encodeAddress } from './format-header.ts';
import { formatMessage } from './format-message.ts';
import type { Signer } from './open-signer.ts';
import { openSmtpSession, type SmtpSession } from './open-smtp-session.ts';
import type { SmtpServer } from './parse-transport-url.ts';
import { openTurns, type Turn } from './open-turns.ts';
import { sendBytes, type Parcel, type SendSteps } from './send-bytes.ts';
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
  const turns = openTurns();

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

  async function sendOver(opened: SmtpSession, parcel: Parcel, steps: SendSteps) {
    sentOver += 1;
    return await sendBytes(opened, parcel, steps);
  }

  async function sendParcel(
    parcel: Parcel,
    { before, isEarly, ...steps }: SendSteps & Turn,
  ): Promise<SendResult> {
    if (session?.isUsable() && sentOver < options.messagesPerConnection) {
      const result = await sendOver(session, parcel, steps);
      if (!(isEarly ? isEarlyDrop(result) : isIdleDrop(result))) return result;
    }
    await before;
    const opened = await openSession();
    return 'outcome' in opened ? opened : await sendOver(opened, parcel, steps);
  }

  async function verifyServer(): Promise<SendResult | null> {
    const opened = await openSession();
    return 'outcome' in opened ? opened : null;
  }

  async function sendMessage(
    message: Message,
    commitHandOver: () => Promise<void>,
  ): Promise<SendResult> {
    const fault = findAddressFault(message.to.address);
    if (fault) return { outcome: 'refused', stage: 'rcpt', code: null, reply: fault };
    // Written and signed while the message before is under way.
    const packing = packMessage(message, options.signer);
    packing.catch(() => {}); // heard in its turn
    return await turns.takeTurn(async (turn) =>
      sendParcel(await packing, { commitHandOver, ...turn }),
    );
  }

  return {
    kind: 'smtp' as const,
    describe: () =>
      `${server.host.includes(':') ? `[${server.host}]` : server.host}:${server.port}`,
    verify: () => turns.takeQuietTurn(verifyServer),
    sendMessage,
    close: () => turns.takeQuietTurn(closeSession),
  };
}

/** Servers drop idle connections without a word; a used one that fails before any answer to MAIL is worth a second try. */
function isIdleDrop(result: SendResult): boolean {
  return result.outcome === 'deferred' && result.stage === 'mail' && result.code === null;
}

/** The message before took the connection with it; before the hand-over that is no reason to wait. */
function isEarlyDrop({ outcome, stage, code }: SendResult): boolean {
  return outcome === 'deferred' && code === null && ['mail', 'rcpt', 'data'].includes(stage);
}

async function packMessage(message: Message, signer: Signer | null): Promise<Parcel> {
  return {
    from: encodeAddress(message.returnPath ?? message.from.address),
    to: encodeAddress(message.to.address),
    envelopeId: message.envelopeId ?? null,
    bytes: await formatMessage(message, signer),
  };
}
