import type { Socket } from 'node:net';

/** A little more than the largest body: head and chunk sizes come on top. */
const MOST_BYTES = 11_000_000;
const LOOK_MILLISECONDS = 50;

/** Ends a connection that brings far more than an answer may hold, such as blank lines or chunk extensions without end, which no reader of bodies sees. */
export function limitBytes(socket: Socket, host: string): void {
  let asked = 0;
  let before = 0;
  const look = (): void => {
    if (socket.bytesWritten !== asked) {
      asked = socket.bytesWritten;
      before = socket.bytesRead;
    } else if (socket.bytesRead - before > MOST_BYTES) {
      socket.destroy(new Error(`${host} sent more than 10 MB.`));
    }
  };
  const watch = setInterval(look, LOOK_MILLISECONDS).unref();
  socket.once('close', () => clearInterval(watch));
}
