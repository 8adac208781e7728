import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { BriefingError } from '../domain/briefing-error.ts';
import { saveMessageDraft } from './save-message-draft.ts';

/** A mail server for this machine alone that keeps what it is sent. */
export interface Inbox {
  /** Where to send, as openTransport takes it. */
  readonly url: string;
  /** Messages kept since it was opened. */
  count(): number;
  close(): Promise<void>;
}

export interface InboxOptions {
  readonly folder: string;
  /** 0 or none takes a free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
}

const LARGEST = 10 * 1024 * 1024;

/** Opens the built-in inbox: every message for anybody becomes one `.eml` file, named in order of arrival. Throws BriefingError `unavailable` for a busy port or an unusable folder. */
export async function openInbox(options: InboxOptions): Promise<Inbox> {
  const { folder, port = 0, host = '127.0.0.1' } = options;
  let last = await findLastNumber(folder);
  let kept = 0;

  async function keepMessage(stream: SMTPServerDataStream): Promise<string> {
    const bytes = await readMessage(stream);
    last += 1;
    const name = nameFile(last, bytes);
    const draft = await saveMessageDraft(folder, name, bytes);
    await draft.publish();
    kept += 1;
    return `kept as ${name}`;
  }

  const server = openServer(keepMessage);
  await listen(server, port, host);
  return {
    url: `smtp://${host}:${(server.server.address() as AddressInfo).port}`,
    count: () => kept,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function openServer(keepMessage: (stream: SMTPServerDataStream) => Promise<string>): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    rejectOversized: true,
    // Without it each message waits 44 ms for the sender's delayed acknowledgement.
    noDelay: true,
    closeTimeout: 100,
    logger: false,
    onData(stream, _session, reply) {
      keepMessage(stream).then(
        (text) => reply(null, text),
        (error: Error) => reply(Object.assign(error, { responseCode: 451 })),
      );
    },
  });
}

/** All bytes of a message; of one that is too large only so much that it cannot fill the memory. The server refuses it by itself. */
async function readMessage(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw new Error('the message is too large');
  return Buffer.concat(chunks);
}

function nameFile(number: number, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return `${String(number).padStart(6, '0')}-${hash.slice(0, 12)}.eml`;
}

async function findLastNumber(folder: string): Promise<number> {
  try {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder);
    return Math.max(0, ...names.map((name) => Number(/^(\d+)-.*\.eml$/.exec(name)?.[1] ?? 0)));
  } catch (cause) {
    throw new BriefingError(
      'unavailable',
      `The inbox folder ${folder} cannot be used: ${describeError(cause)}. Make it writable or choose another data folder.`,
      { cause },
    );
  }
}

function listen(server: SMTPServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new BriefingError(
          'unavailable',
          `The inbox cannot listen on ${host}:${port}: ${describeError(cause)}. Stop the program that uses the port, or choose another port (0 takes a free one).`,
          { cause },
        ),
      ),
    );
    server.on('error', () => {}); // a sender that hangs up is no trouble of ours
    server.listen(port, host, resolve);
  });
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
