import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A mail server that takes every message and keeps none, as fast as Node can; `delayMs` is one round trip, in front of every reply. */
export function openMailSink(options: { delayMs: number; isPipelined: boolean }): Promise<number> {
  const extensions = options.isPipelined ? ['PIPELINING', '8BITMIME'] : ['8BITMIME'];
  const lines = ['sink', ...extensions];
  const greeting = lines.map((line, i) => `250${i < lines.length - 1 ? '-' : ' '}${line}\r\n`);
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    follow(socket, options.delayMs, greeting.join(''));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function follow(socket: Socket, delayMs: number, greeting: string): void {
  let inBody = false;
  let end = '';
  let pending = '';

  /** What came in one piece is answered in one piece, a round trip later. */
  async function answer(replies: string): Promise<void> {
    if (delayMs > 0) await wait(delayMs);
    socket.write(replies);
  }

  function readCommands(): string {
    let replies = '';
    for (let at = pending.indexOf('\r\n'); at >= 0 && !inBody; at = pending.indexOf('\r\n')) {
      const verb = pending.slice(0, 4).toUpperCase();
      pending = pending.slice(at + 2);
      inBody = verb === 'DATA';
      replies += inBody ? '354 go\r\n' : verb === 'EHLO' ? greeting : '250 ok\r\n';
    }
    return replies;
  }

  void answer('220 sink ESMTP\r\n');
  socket.on('data', (chunk) => {
    if (inBody) {
      end = (end + chunk.subarray(-5).toString('latin1')).slice(-5);
      if (end !== '\r\n.\r\n') return;
      inBody = false;
      end = '';
      void answer('250 taken\r\n');
    } else {
      pending += chunk.toString('latin1');
      const replies = readCommands();
      if (replies !== '') void answer(replies);
    }
  });
}
