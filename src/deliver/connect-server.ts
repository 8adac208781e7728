import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Socket } from 'node:net';
import type { SendResult, SendStage } from '../domain/delivery.ts';
import { chooseOutcome } from './choose-outcome.ts';
import { explainConnection } from './explain-connection.ts';
import { followOpening, type Opening } from './follow-opening.ts';
import { normalizeReply } from './normalize-reply.ts';
import { resolveLogin } from './resolve-login.ts';
import type { SmtpServer } from './parse-transport-url.ts';
import { chooseTimeLimit, type TimeLimits } from './time-limits.ts';

/** A connection to a mail server that is greeted, secured and logged in. */
export interface ServerConnection {
  readonly connection: SMTPConnection;
  readonly socket: Socket;
  /** The server's greeting with the extensions it offers (RFC 5321, section 4.1.1.1). */
  readonly extensions: string;
  /** What must not come back in a server's complaint. */
  readonly secrets: readonly string[];
}

type StepEnd = (error?: Error | null) => void;

/** Connects, secures and logs in; resolves to the connection, or to what went wrong. */
export async function connectServer(
  server: SmtpServer,
  limits: TimeLimits,
): Promise<ServerConnection | SendResult> {
  const login = await resolveLogin(server);
  if ('outcome' in login) return login;
  let restartTimer = () => {};
  const opening = followOpening(() => restartTimer());
  const connection = new SMTPConnection(chooseConnectionOptions(server, opening));
  connection.on('error', () => {});

  function takeStep(start: (done: StepEnd) => void): Promise<Error | null> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const end: StepEnd = (error) => {
        clearTimeout(timer);
        restartTimer = () => {};
        connection.off('error', end).off('end', lose);
        resolve(error ?? null);
      };
      const lose = () => end(new Error('the connection was closed'));
      restartTimer = () => {
        clearTimeout(timer);
        const limit = chooseTimeLimit(opening.stage, limits);
        timer = setTimeout(() => end(new Error('no answer in time')), limit);
      };
      connection.on('error', end).on('end', lose);
      restartTimer();
      start(end);
    });
  }

  const { auth, secrets } = login;
  const error =
    (await takeStep((done) => connection.connect(done))) ??
    (auth && (await takeStep((done) => connection.login(auth, done))));
  const { extensions } = opening;
  if (!error) return { connection, socket: takeSocket(connection), extensions, secrets };
  connection.close();
  const { stage, code, text } = describeFailure(server, opening, error);
  const reply = normalizeReply(text, secrets);
  return { outcome: chooseOutcome(stage, code), stage, code, reply };
}

/**
 * Nodemailer connects, secures and logs in, which is the larger half of SMTP. The dialogue about a message is the core of the
 * ledger and ours: SMTPConnection's takes half a millisecond of CPU for what takes a tenth. It has no public way to its socket.
 */
function takeSocket(connection: SMTPConnection): Socket {
  const { _socket } = connection as unknown as { readonly _socket: Socket };
  _socket.removeAllListeners('data');
  return _socket;
}

function describeFailure(server: SmtpServer, opening: Opening, error: Error) {
  const { refusal } = opening;
  const stage = refusal?.stage ?? refineStage(server, opening.stage, error);
  const code = refusal?.code ?? null;
  return { stage, code, text: refusal?.text ?? explainConnection(error, server) };
}

function chooseConnectionOptions(server: SmtpServer, opening: Opening) {
  return {
    host: server.host,
    port: server.port,
    secure: server.tls === 'direct',
    requireTLS: server.tls === 'required',
    ignoreTLS: server.tls === 'never',
    // At once: the usual close lingers and still writes out what is buffered, and after trouble nothing more may leave.
    socketCloseTimeout: 0,
    logger: opening.logger,
    transactionLog: true,
  };
}

/** With TLS from the first byte the log is silent until it stands: only failures of the network itself are still `connect`. */
function refineStage(server: SmtpServer, stage: SendStage, error: Error): SendStage {
  if (stage !== 'connect' || server.tls !== 'direct') return stage;
  return 'library' in error || /cert|TLS|SSL/i.test(error.message) ? 'tls' : 'connect';
}
