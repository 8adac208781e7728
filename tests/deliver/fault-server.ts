import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/** What the server does at one step: answer with a line (none when empty), close without a word, fall silent for good, or send these very bytes. */
type Answer =
  | { readonly reply: string; readonly afterMs?: number }
  | { readonly bytes: string; readonly thenDrop: true }
  | 'drop'
  | 'hang'
  | (string & {});

/** The step BODY is the first byte after 354, DOT the end of a message, GREETING the start. */
type Step = 'GREETING' | 'BODY' | 'DOT' | Verb;
type Verb =
  'EHLO' | 'HELO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'RSET' | 'QUIT' | 'NOOP';

/** Per step one answer, or several that are used up in turn (the last one stays). */
export type Script = Partial<Record<Step, Answer | readonly Answer[]>>;

export interface FaultServer {
  readonly url: string;
  readonly port: number;
  /** Every command line received, over all connections. */
  readonly commands: string[];
  /** Messages whose final dot arrived and was not refused: what this server would deliver. */
  readonly messages: string[];
  /** The body under way: bytes after 354, without the final dot. */
  readonly partial: () => string;
  readonly connections: () => number;
  /** Closes every connection, as a server does with idle ones. */
  dropConnections(): void;
  close(): Promise<void>;
}

export interface FaultServerOptions {
  /** Lines of the EHLO reply, such as PIPELINING. */
  readonly extensions?: readonly string[];
  readonly certificate?: { readonly key: string; readonly cert: string };
}

const USUAL: Readonly<Record<Step, Answer>> = {
  GREETING: '220 fault.test ESMTP',
  EHLO: '250 fault.test',
  HELO: '250 fault.test',
  STARTTLS: '220 go ahead',
  AUTH: '235 welcome',
  MAIL: '250 sender ok',
  RCPT: '250 recipient ok',
  DATA: '354 go ahead',
  BODY: '',
  DOT: '250 queued',
  RSET: '250 forgotten',
  QUIT: { bytes: '221 bye\r\n', thenDrop: true },
  NOOP: '250 ok',
};

/** A mail server on 127.0.0.1 that follows a script of faults; what the script leaves out goes well. */
export async function openFaultServer(
  script: Script = {},
  options: FaultServerOptions = {},
): Promise<FaultServer> {
  const sockets = new Set<Socket>();
  const uses = new Map<Step, number>();
  const commands: string[] = [];
  const messages: string[] = [];
  let connections = 0;
  let partial = '';

  function chooseAnswer(step: Step): Answer {
    const used = uses.get(step) ?? 0;
    uses.set(step, used + 1);
    const scripted = script[step] ?? USUAL[step];
    return Array.isArray(scripted)
      ? (scripted as Answer[])[Math.min(used, scripted.length - 1)]!
      : (scripted as Answer);
  }

  function follow(socket: Socket): void {
    let pending = '';
    let inBody = false;
    let hasRecipient = false;
    let bodyAnswer: Answer = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      while (socket.listenerCount('data') > 0 && (inBody ? readBody() : readCommand()));
    });

    function readCommand(): boolean {
      const end = pending.indexOf('\r\n');
      if (end < 0) return false;
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      commands.push(line);
      const verb = line.split(' ')[0]!.toUpperCase() as Verb;
      const reply = verb in USUAL ? answerCommand(verb) : '500 unknown command';
      act(socket, reply);
      if (verb === 'STARTTLS' && reply === USUAL.STARTTLS) upgrade(socket);
      inBody = verb === 'DATA' && describe(reply).startsWith('354');
      if (inBody) partial = '';
      return true;
    }

    function answerCommand(verb: Verb): Answer {
      const answer = chooseAnswer(verb);
      if (verb === 'EHLO' && answer === USUAL.EHLO) return makeEhlo();
      if (verb === 'MAIL') hasRecipient = false;
      if (verb === 'RCPT') hasRecipient = answer === USUAL.RCPT;
      return verb === 'DATA' && !script.DATA && !hasRecipient ? '503 no recipient' : answer;
    }

    function readBody(): boolean {
      if (pending === '') return false;
      if (partial === '') {
        bodyAnswer = chooseAnswer('BODY');
        act(socket, bodyAnswer);
      }
      partial += pending;
      pending = '';
      const dot = /^\.\r\n|\r\n\.\r\n/.exec(partial);
      if (!dot) return false;
      pending = partial.slice(dot.index + dot[0].length);
      partial = partial.slice(0, dot.index + dot[0].length - 3);
      inBody = false;
      if (bodyAnswer !== '') return true; // its mind is made up
      const answer = chooseAnswer('DOT');
      if (!/^[45]/.test(describe(answer))) messages.push(partial.replace(/^\.\./gm, '.'));
      act(socket, answer);
      return true;
    }
  }

  function makeEhlo(): string {
    const lines = ['fault.test', ...(options.extensions ?? [])];
    return lines.map((line, i) => `250${i === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n');
  }

  function upgrade(socket: Socket): void {
    socket.removeAllListeners('data');
    const secureContext = createSecureContext(options.certificate);
    follow(new TLSSocket(socket, { isServer: true, secureContext }));
  }

  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    follow(socket);
    act(socket, chooseAnswer('GREETING'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dropConnections = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    commands,
    messages,
    partial: () => partial,
    connections: () => connections,
    dropConnections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        dropConnections();
      }),
  };
}

function act(socket: Socket, answer: Answer): void {
  if (answer === '') return;
  if (answer === 'hang') socket.removeAllListeners('data').resume();
  else if (answer === 'drop') socket.destroy();
  else if (typeof answer === 'string') socket.write(`${answer}\r\n`);
  else if ('bytes' in answer) socket.end(answer.bytes, () => socket.destroy());
  else delayReply(socket, answer.reply, answer.afterMs ?? 0);
}

/** What is answered meanwhile waits too: replies keep the order of the commands. */
function delayReply(socket: Socket, reply: string, afterMs: number): void {
  socket.cork();
  socket.write(`${reply}\r\n`);
  setTimeout(() => socket.uncork(), afterMs);
}

function describe(answer: Answer): string {
  if (typeof answer === 'string') return answer;
  return 'bytes' in answer ? answer.bytes : answer.reply;
}
