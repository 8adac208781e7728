import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const DOT = '\r\n.\r\n';

interface SinkOptions {
  readonly delayMs: number;
  readonly isPipelined: boolean;
  readonly onTaken?: () => void;
}

/** A mail server that takes every message and keeps none, as fast as Node can; `delayMs` is one round trip, in front of every reply. */
export function openMailSink(options: SinkOptions): Promise<number> {
  const extensions = options.isPipelined ? ['PIPELINING', '8BITMIME'] : ['8BITMIME'];
  const lines = ['sink', ...extensions];
  const greeting = lines.map((line, i) => `250${i < lines.length - 1 ? '-' : ' '}${line}\r\n`);
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    follow(socket, options, greeting.join(''));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function follow(socket: Socket, options: SinkOptions, greeting: string): void {
  const { delayMs, onTaken } = options;
  let inBody = false;
  let pending = '';

  /** What came in one piece is answered in one piece, a round trip later. */
  async function answer(replies: string): Promise<void> {
    if (delayMs > 0) await wait(delayMs);
    socket.write(replies);
  }

  /** What a command or the end of a body is answered; empty while neither is whole. */
  function readNext(): string {
    const end = inBody ? DOT : '\r\n';
    const at = pending.indexOf(end);
    if (at < 0) {
      // Of a body only what could begin its end is kept.
      if (inBody) pending = pending.slice(1 - DOT.length);
      return '';
    }
    const verb = inBody ? '.' : pending.slice(0, 4).toUpperCase();
    pending = pending.slice(at + end.length);
    if (verb === '.') onTaken?.();
    inBody = verb === 'DATA';
    return inBody ? '354 go\r\n' : verb === 'EHLO' ? greeting : '250 ok\r\n';
  }

  void answer('220 sink ESMTP\r\n');
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1');
    let replies = '';
    for (let reply = readNext(); reply !== ''; reply = readNext()) replies += reply;
    if (replies !== '') void answer(replies);
  });
}
