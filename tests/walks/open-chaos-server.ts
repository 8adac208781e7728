import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail server that misbehaves by chance, and remembers every message it took. */
export interface ChaosServer {
  readonly url: string;
  /** How often each Message-ID was accepted, whether or not the sender was told. */
  readonly accepted: ReadonlyMap<string, number>;
  readonly faults: () => number;
  /** Replies to a final dot that never came: each may leave one row unknown. */
  readonly lostReplies: () => number;
  /** Answers given so far. */
  readonly steps: () => number;
  /** From now on everything goes well. */
  calmDown(): void;
  close(): Promise<void>;
}

type Fault = 'drop' | 'later' | 'never' | 'closing' | 'slow' | 'untold' | null;

const LATER = '451 4.3.0 try again later';
const NEVER = '554 5.6.0 not like this';
const CLOSING = '421 4.3.2 too many messages';
const FAULTS: readonly Fault[] = ['drop', 'later', 'closing', 'slow'];

/** Opens one on 127.0.0.1; `chance` gives numbers from 0 to 1, `rate` is the part of steps that fail. */
export async function openChaosServer(chance: () => number, rate: number): Promise<ChaosServer> {
  const sockets = new Set<Socket>();
  const accepted = new Map<string, number>();
  let isCalm = false;
  let faults = 0;
  let steps = 0;
  let lostReplies = 0;

  function chooseFault(step: string): Fault {
    if (isCalm || chance() > rate) return null;
    faults += 1;
    if (step === 'DOT' && chance() < 0.3) return 'untold';
    if (step === 'DOT' && chance() < 0.2) return 'never';
    return FAULTS[Math.floor(chance() * FAULTS.length)] ?? null;
  }

  /** Answers one step; true when it went well. */
  function answer(socket: Socket, step: string, usual: string): boolean {
    steps += 1;
    const fault = chooseFault(step);
    if (step === 'DOT' && (fault === 'drop' || fault === 'untold')) lostReplies += 1;
    if (fault === null) return socket.write(`${usual}\r\n`) || true;
    if (fault === 'slow') setTimeout(() => socket.write(`${usual}\r\n`), 30);
    else if (fault === 'later') socket.write(`${LATER}\r\n`);
    else if (fault === 'never') socket.write(`${NEVER}\r\n`);
    else if (fault === 'closing') socket.end(`${CLOSING}\r\n`);
    else socket.destroy();
    return fault === 'slow' || fault === 'untold';
  }

  function take(body: string): void {
    const id = /^Message-ID: (<[^>]+>)/im.exec(body)?.[1] ?? body.slice(0, 60);
    accepted.set(id, (accepted.get(id) ?? 0) + 1);
  }

  function follow(socket: Socket): void {
    let pending = '';
    let isInBody = false;
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      while (!socket.destroyed && (isInBody ? readBody() : readLine()));
    });

    function readLine(): boolean {
      const end = pending.indexOf('\r\n');
      if (end < 0) return false;
      const verb = pending.slice(0, 4).toUpperCase();
      pending = pending.slice(end + 2);
      if (verb === 'QUIT') socket.end('221 bye\r\n');
      else if (verb === 'EHLO') socket.write('250-chaos.test\r\n250 PIPELINING\r\n');
      else if (verb === 'DATA') isInBody = answer(socket, verb, '354 go ahead');
      else if (verb === 'MAIL' || verb === 'RCPT') answer(socket, verb, '250 ok');
      else socket.write('250 ok\r\n');
      return true;
    }

    function readBody(): boolean {
      const end = pending.indexOf('\r\n.\r\n');
      if (end < 0) return false;
      const body = pending.slice(0, end);
      pending = pending.slice(end + 5);
      isInBody = false;
      if (answer(socket, 'DOT', '250 queued')) take(body);
      return true;
    }
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    follow(socket);
    socket.write('220 chaos.test ESMTP\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted,
    faults: () => faults,
    lostReplies: () => lostReplies,
    steps: () => steps,
    calmDown: () => void (isCalm = true),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}
