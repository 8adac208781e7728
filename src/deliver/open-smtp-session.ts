import { chooseOutcome } from './choose-outcome.ts';
import { connectServer, type ServerConnection } from './connect-server.ts';
import { normalizeReply } from './normalize-reply.ts';
import type { SmtpServer } from './parse-transport-url.ts';
import type { SendResult, SendStage } from '../domain/delivery.ts';
import { readReplies, type Reply } from './read-replies.ts';
import type { TimeLimits } from './time-limits.ts';

/** One connection to a mail server, greeted and logged in, and what is said over it. */
export interface SmtpSession {
  readonly limits: TimeLimits;
  /** True when the server's greeting offers this extension, such as `PIPELINING`. */
  offers(extension: RegExp): RegExpExecArray | null;
  /** True while the connection stands and the server has said nothing that nobody asked for. */
  isUsable(): boolean;
  /** Hands bytes to the network; null when it has taken them all, else what is in the way. */
  write(bytes: Uint8Array | string): Promise<Error | null>;
  /** The next reply: replies come in the order of the commands (RFC 2920), so it belongs to the oldest one unanswered. */
  readReply(limit: number): Promise<Reply | Error>;
  /** What came although nobody asked, or the loss of the connection; null when there is neither. */
  takeSurprise(): Reply | Error | null;
  /** What an answer, or its absence, means for the message under way. */
  judge(stage: SendStage, answer: Reply | Error): SendResult;
  /** Ends the connection at once: what is not written yet never leaves. */
  drop(): void;
  /** Says goodbye. */
  close(): Promise<void>;
}

/** Connects, secures and logs in; resolves to the session, or to what went wrong. */
export async function openSmtpSession(
  server: SmtpServer,
  limits: TimeLimits,
): Promise<SmtpSession | SendResult> {
  const opened = await connectServer(server, limits);
  return 'outcome' in opened ? opened : holdSession(opened, limits);
}

function holdSession(
  { connection, socket, extensions, secrets }: ServerConnection,
  limits: TimeLimits,
): SmtpSession {
  const replies = readReplies(socket);
  const offered = new Map<string, RegExpExecArray | null>();
  connection.on('error', (error: Error) => replies.end(error));
  connection.on('end', () => replies.end(new Error('the connection was closed')));

  function write(bytes: Uint8Array | string): Promise<Error | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(new Error('no progress in time')), limits.command);
      // What follows in the same moment, such as the next message's commands behind a dot, leaves with it.
      socket.cork();
      socket.write(bytes, (error) => {
        clearTimeout(timer);
        resolve(error ?? null);
      });
      process.nextTick(() => socket.uncork());
    });
  }

  function judge(stage: SendStage, answer: Reply | Error): SendResult {
    const isReply = !(answer instanceof Error);
    const isYes = isReply && answer.code >= 200 && answer.code < 300;
    const reply = normalizeReply(isReply ? answer.text : answer.message, secrets);
    if (isYes && stage === 'reply') return { outcome: 'sent', stage, code: answer.code, reply };
    const code = isReply && answer.code >= 400 ? answer.code : null;
    return { outcome: chooseOutcome(stage, code), stage, code, reply };
  }

  function offers({ source }: RegExp): RegExpExecArray | null {
    const known = offered.get(source);
    if (known !== undefined) return known;
    const found = new RegExp(`^250[ -]${source}`, 'im').exec(extensions);
    offered.set(source, found);
    return found;
  }

  return {
    limits,
    offers,
    isUsable: () => !connection.destroyed && replies.take() === null,
    write,
    readReply: (limit) => replies.next(limit),
    takeSurprise: () => replies.take(),
    judge,
    drop() {
      replies.end(new Error('the connection was closed'));
      connection.close();
    },
    async close() {
      if (!connection.destroyed) {
        void write('QUIT\r\n');
        await replies.next(limits.goodbye);
      }
      connection.close();
    },
  };
}
