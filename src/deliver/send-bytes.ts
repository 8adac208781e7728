import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SendResult } from '../domain/delivery.ts';
import type { SmtpSession } from './open-smtp-session.ts';

/** A formatted message and whom it goes from and to (RFC 5321), bare addresses. */
export interface Parcel {
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
}

const CHUNK = 16_384;
/** So much of the end is kept back until the hand-over is recorded: without it no server has a message. */
const LAST_CHUNK = 1_024;

/** Sends one parcel over an open session, which stays usable only after a clean end; `commitHandOver` as in Transport. */
export async function sendBytes(
  session: SmtpSession,
  parcel: Parcel,
  commitHandOver: () => Promise<void>,
): Promise<SendResult> {
  const { connection, dialogue } = session;
  dialogue.beginMessage();
  const obstacle = findObstacle(parcel, dialogue.extensions);
  if (obstacle) return { outcome: 'refused', stage: 'mail', code: null, reply: obstacle };

  let isOver = false;
  let committing = Promise.resolve();
  /** Lets the network report first, so that what is lost already never counts as handed over. */
  async function checkConnection(): Promise<void> {
    await nextTurn();
    if (isOver) throw new Error('the connection was lost');
  }
  async function handOver(): Promise<void> {
    await checkConnection();
    dialogue.enterStage('commit');
    committing = recordHandOver(commitHandOver);
    await committing;
    await checkConnection();
    dialogue.enterStage('reply');
  }

  const body = Readable.from(splitBody(parcel.bytes, handOver), { objectMode: false });
  const error = await session.takeStep((done) => connection.send(makeEnvelope(parcel), body, done));
  isOver = true;
  body.destroy();
  if (!error && dialogue.stage === 'reply') return session.describeSuccess();
  const failure = session.describeFailure(error ?? new Error('the server answered too early'));
  await Promise.allSettled([committing]);
  await restoreSession(session, failure);
  return failure;
}

/** All of the body; the last chunk only after `handOver`. When that throws, the stream fails and the final dot is never written. */
async function* splitBody(bytes: Uint8Array, handOver: () => Promise<void>) {
  const last = Math.max(0, bytes.length - LAST_CHUNK);
  for (let at = 0; at < last; at += CHUNK) yield bytes.subarray(at, Math.min(at + CHUNK, last));
  await handOver();
  yield bytes.subarray(last);
}

async function recordHandOver(commitHandOver: () => Promise<void>): Promise<void> {
  try {
    await commitHandOver();
  } catch (cause) {
    throw new Error('the hand-over could not be recorded, so nothing was sent', { cause });
  }
}

/** What the server's own greeting rules out, so that asking is useless: letters beyond ASCII (RFC 6531), size (RFC 1870). */
function findObstacle(parcel: Parcel, extensions: string): string | null {
  if (hasWideLetters(parcel) && !/^250[ -]SMTPUTF8\b/im.test(extensions))
    return 'the server takes no addresses with letters beyond ASCII before the @';
  const limit = Number(/^250[ -]SIZE (\d+)/im.exec(extensions)?.[1] ?? 0);
  return limit > 0 && parcel.bytes.length > limit
    ? `the message has ${parcel.bytes.length} bytes, the server takes at most ${limit}`
    : null;
}

function makeEnvelope(parcel: Parcel) {
  const { from, to, bytes } = parcel;
  return { from, to: [to], size: bytes.length, use8BitMime: hasWideLetters(parcel) };
}

function hasWideLetters({ from, to }: Parcel): boolean {
  return /[^\x20-\x7e]/.test(from + to);
}

/** After a clear no the next message may use the connection (RSET); after anything else nobody knows where the two sides stand. */
async function restoreSession(session: SmtpSession, failure: SendResult): Promise<void> {
  const { connection, dialogue } = session;
  const isClear = failure.code !== null && failure.code !== 421;
  if (isClear && ['mail', 'rcpt', 'reply'].includes(failure.stage)) {
    dialogue.beginMessage();
    if (!(await session.takeStep((done) => connection.reset(done)))) return;
  }
  connection.close();
}
