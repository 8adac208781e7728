import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { setTimeout as wait } from 'node:timers/promises';
import type { SendResult, SendStage } from '../domain/delivery.ts';
import { chooseOutcome } from './choose-outcome.ts';
import { followDialogue, type Dialogue } from './follow-dialogue.ts';
import { normalizeReply } from './normalize-reply.ts';
import type { SmtpServer } from './parse-transport-url.ts';
import { chooseTimeLimit, type TimeLimits } from './time-limits.ts';

/** One connection to a mail server, greeted and logged in. */
export interface SmtpSession {
  readonly connection: SMTPConnection;
  readonly dialogue: Dialogue;
  /** Runs one step until its callback, the loss of the connection, or a time limit; null is success. */
  takeStep(start: (done: StepEnd) => void): Promise<Error | null>;
  describeSuccess(): SendResult;
  describeFailure(error: Error): SendResult;
  close(): Promise<void>;
}

type StepEnd = (error?: Error | null) => void;

/** Connects, secures and logs in; resolves to the session, or to what went wrong. */
export async function openSmtpSession(
  server: SmtpServer,
  limits: TimeLimits,
): Promise<SmtpSession | SendResult> {
  let restartTimer = () => {};
  const dialogue = followDialogue(() => restartTimer());
  const connection = new SMTPConnection(chooseConnectionOptions(server, dialogue));
  connection.on('error', () => {});
  const secrets = listSecrets(server);

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
        const limit = chooseTimeLimit(dialogue.stage, limits);
        if (limit !== null) timer = setTimeout(() => end(new Error('no answer in time')), limit);
      };
      connection.on('error', end).on('end', lose);
      restartTimer();
      start(end);
    });
  }

  function describeSuccess(): SendResult {
    const { stage, lastReply } = dialogue;
    const code = Number(lastReply.slice(0, 3));
    return { outcome: 'sent', stage, code, reply: normalizeReply(lastReply, secrets) };
  }

  function describeFailure(error: Error): SendResult {
    const stage = dialogue.refusal?.stage ?? refineStage(server, dialogue.stage, error);
    const code = dialogue.refusal?.code ?? null;
    const reply = normalizeReply(dialogue.refusal?.text ?? error.message, secrets);
    return { outcome: chooseOutcome(stage, code), stage, code, reply };
  }

  async function close(): Promise<void> {
    if (!connection.destroyed) {
      const goodbye = takeStep(() => connection.quit());
      await Promise.race([goodbye, wait(limits.goodbye, undefined, { ref: false })]);
    }
    connection.close();
  }

  const { login } = server;
  const error =
    (await takeStep((done) => connection.connect(done))) ??
    (login && (await takeStep((done) => connection.login({ ...login }, done))));
  if (!error) return { connection, dialogue, takeStep, describeSuccess, describeFailure, close };
  connection.close();
  return describeFailure(error);
}

function chooseConnectionOptions(server: SmtpServer, dialogue: Dialogue) {
  return {
    host: server.host,
    port: server.port,
    secure: server.tls === 'direct',
    requireTLS: server.tls === 'required',
    ignoreTLS: server.tls === 'never',
    // At once: the usual close lingers and still writes out what is buffered, and after trouble nothing more may leave.
    socketCloseTimeout: 0,
    logger: dialogue.logger,
    transactionLog: true,
  };
}

/** With TLS from the first byte the log is silent until it stands: only failures of the network itself are still `connect`. */
function refineStage(server: SmtpServer, stage: SendStage, error: Error): SendStage {
  if (stage !== 'connect' || server.tls !== 'direct') return stage;
  return 'library' in error || /cert|TLS|SSL/i.test(error.message) ? 'tls' : 'connect';
}

/** The log-in as it may come back in a server's complaint: plain, and as AUTH sends it (RFC 4616, section 2). */
function listSecrets({ login }: SmtpServer): string[] {
  if (!login) return [];
  const { user, pass } = login;
  return [`\0${user}\0${pass}`, pass, user].flatMap((secret) => [
    Buffer.from(secret).toString('base64'),
    secret,
  ]);
}
