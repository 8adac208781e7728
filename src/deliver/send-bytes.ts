import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SendResult, SendStage } from '../domain/delivery.ts';
import type { SmtpSession } from './open-smtp-session.ts';
import type { Reply } from './read-replies.ts';

/** A formatted message and whom it goes from and to (RFC 5321), bare addresses. No line of it starts with a dot. */
export interface Parcel {
  readonly from: string;
  readonly to: string;
  /** Null: how it may come back is left to the servers. */
  readonly envelopeId: string | null;
  readonly bytes: Uint8Array;
}

/** So much of the end is kept back until the hand-over is recorded: without it no server has a message. */
const LAST_CHUNK = 1_024;
const DOT = Buffer.from('.\r\n');

/** What a sender is told on the way. */
export interface SendSteps {
  /** As in Transport. */
  readonly commitHandOver: () => Promise<void>;
  /** The final dot is out, and the server takes the commands of the next message before its reply (RFC 2920, section 3.1). */
  readonly passTurn: () => void;
}

/** Sends one parcel over an open session, which stays usable only after a clean end. */
export async function sendBytes(
  session: SmtpSession,
  parcel: Parcel,
  steps: SendSteps,
): Promise<SendResult> {
  const obstacle = findObstacle(session, parcel);
  if (obstacle) return { outcome: 'refused', stage: 'mail', code: null, reply: obstacle };
  const failure =
    (await announceParcel(session, parcel)) ??
    (await handOver(session, parcel.bytes, steps.commitHandOver));
  if (failure) return failure;
  const verdict = session.readReply(session.limits.reply);
  if (isPipelined(session)) steps.passTurn();
  return await judgeVerdict(session, await verdict);
}

function isPipelined(session: SmtpSession): boolean {
  return session.offers(/PIPELINING\b/) !== null;
}

/** MAIL, RCPT and DATA: in one breath where the server takes that. Null when it waits for the message. */
async function announceParcel(session: SmtpSession, parcel: Parcel): Promise<SendResult | null> {
  const steps = listSteps(session, parcel);
  const isAtOnce = isPipelined(session);
  if (isAtOnce) void session.write(steps.map(([, line]) => line).join(''));
  let failure: SendResult | null = null;
  for (const [stage, line] of steps) {
    if (!isAtOnce) void session.write(line);
    const reply = await session.readReply(session.limits.command);
    const isLost = reply instanceof Error || reply.code === 421;
    const isYes = !isLost && reply.code >= 200 && reply.code < 400;
    if (!isYes) failure ??= session.judge(stage, reply);
    // A server that wants the message of a sender or recipient it refused: even an empty one is not for it.
    if (isLost || (failure && stage === 'data' && isYes)) session.drop();
    if (failure && (isLost || !isAtOnce)) break;
  }
  if (failure) await resetSession(session, failure);
  return failure ?? noticeSurprise(session, 'data');
}

function listSteps(session: SmtpSession, parcel: Parcel): readonly [SendStage, string][] {
  const { from, to, bytes, envelopeId } = parcel;
  // Whoever gives it back names it, and adds its head alone (RFC 3461, sections 4.3 and 4.4).
  const isNamed = envelopeId !== null && session.offers(/DSN\b/) !== null;
  const options = [
    hasWideLetters(parcel) ? ' SMTPUTF8' : '',
    hasWideLetters(parcel) && session.offers(/8BITMIME\b/) ? ' BODY=8BITMIME' : '',
    session.offers(/SIZE\b/) ? ` SIZE=${bytes.length}` : '',
    isNamed ? ` RET=HDRS ENVID=${envelopeId}` : '',
  ];
  return [
    ['mail', `MAIL FROM:<${from}>${options.join('')}\r\n`],
    ['rcpt', `RCPT TO:<${to}>${isNamed ? ' NOTIFY=FAILURE,DELAY' : ''}\r\n`],
    ['data', 'DATA\r\n'],
  ];
}

/** The message and its final dot; the end of it only once the hand-over is recorded. Null when all is on its way. */
async function handOver(
  session: SmtpSession,
  bytes: Uint8Array,
  commitHandOver: () => Promise<void>,
): Promise<SendResult | null> {
  const last = Math.max(0, bytes.length - LAST_CHUNK);
  const stuck = await session.write(bytes.subarray(0, last));
  if (stuck) return breakOff(session, session.judge('data', stuck));
  try {
    await commitHandOver();
  } catch {
    const fault = new Error('the hand-over could not be recorded, so nothing was sent');
    return breakOff(session, session.judge('commit', fault));
  }
  // The network reports first, so that a message whose connection is lost by now stays safe to repeat.
  await nextTurn();
  const surprise = noticeSurprise(session, 'commit');
  if (!surprise) void session.write(Buffer.concat([bytes.subarray(last), DOT]));
  return surprise;
}

/** The reply to the dot. Without a clear one nobody knows whether the server has the message. */
async function judgeVerdict(session: SmtpSession, reply: Reply | Error): Promise<SendResult> {
  const result = session.judge('reply', reply);
  if (result.outcome === 'sent') return result;
  // Whatever the reply, the transaction is over (RFC 5321, section 4.1.1.4), and the next one may be under way already.
  if (!isClear(result)) session.drop();
  else if (!isPipelined(session)) await resetSession(session, result);
  return result;
}

/** A reply where none is due, or a lost connection, ends the message: nobody knows any more where the two sides stand. */
function noticeSurprise(session: SmtpSession, stage: SendStage): SendResult | null {
  const surprise = session.takeSurprise();
  return surprise && breakOff(session, session.judge(stage, surprise));
}

function breakOff(session: SmtpSession, result: SendResult): SendResult {
  session.drop();
  return result;
}

/** After a clear no the next message may use the connection; after anything else nobody knows where the two sides stand. */
async function resetSession(session: SmtpSession, failure: SendResult): Promise<void> {
  if (!isClear(failure) || failure.stage === 'data' || !session.isUsable()) return session.drop();
  void session.write('RSET\r\n');
  const reply = await session.readReply(session.limits.command);
  if (reply instanceof Error || reply.code < 200 || reply.code >= 300) session.drop();
}

function isClear({ code }: SendResult): boolean {
  return code !== null && code !== 421;
}

/** What the server's own greeting rules out, so that asking is useless: letters beyond ASCII (RFC 6531), size (RFC 1870). */
function findObstacle(session: SmtpSession, parcel: Parcel): string | null {
  if (hasWideLetters(parcel) && !session.offers(/SMTPUTF8\b/))
    return 'the server takes no addresses with letters beyond ASCII before the @';
  const limit = Number(session.offers(/SIZE (\d+)/)?.[1] ?? 0);
  return limit > 0 && parcel.bytes.length > limit
    ? `the message has ${parcel.bytes.length} bytes, the server takes at most ${limit}`
    : null;
}

function hasWideLetters({ from, to }: Parcel): boolean {
  return /[^\x20-\x7e]/.test(from + to);
}
