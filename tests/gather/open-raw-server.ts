import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server below HTTP: it waits for the first bytes of a request, then does what it is told. Closed when the test is over. */
export async function openRawServer(act: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    socket.once('data', () => act(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Writes the same bytes as fast as they are taken, until the other side has had enough. */
function pourBytes(socket: Socket, bytes: Buffer): void {
  const pour = (): void => {
    if (socket.destroyed) return;
    if (socket.write(bytes)) setImmediate(pour);
    else socket.once('drain', pour);
  };
  pour();
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n`;

/** What servers do that is not HTTP, or hardly, and how we name it. */
export const BAD_MANNERS: readonly {
  readonly name: string;
  readonly act: (socket: Socket) => void;
  readonly words: RegExp;
}[] = [
  {
    name: 'sends headers without end',
    act: (socket) => {
      socket.write(OK);
      pourBytes(socket, Buffer.from(`x-more: ${'y'.repeat(1_000)}\r\n`));
    },
    words: /sent headers without end/,
  },
  {
    name: 'sends one header of 5 MB',
    act: (socket) => void socket.write(`${OK}x-long: ${'y'.repeat(5_000_000)}\r\n\r\n`),
    words: /sent headers without end/,
  },
  {
    name: 'sends preliminary answers without end',
    act: (socket) =>
      pourBytes(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(50))),
    words: /preliminary answers without end/,
  },
  {
    name: 'sends blank lines without end',
    act: (socket) => pourBytes(socket, Buffer.alloc(60_000, '\r\n')),
    words: /sent more than 10 MB/,
  },
  {
    name: 'sends a chunk extension without end',
    act: (socket) => {
      socket.write(`${CHUNKED}5;more=`);
      pourBytes(socket, Buffer.alloc(60_000, 'y'));
    },
    words: /sent more than 10 MB/,
  },
  {
    name: 'sends trailers without end',
    act: (socket) => {
      socket.write(`${CHUNKED}5\r\nhello\r\n0\r\n`);
      pourBytes(socket, Buffer.from(`x-more: ${'y'.repeat(1_000)}\r\n`));
    },
    words: /sent headers without end/,
  },
  {
    name: 'speaks HTTP/0.9',
    act: (socket) => socket.end('<rss version="2.0"></rss>'),
    words: /does not answer as a web server does/,
  },
  {
    name: 'counts its chunks in words',
    act: (socket) => socket.end(`${CHUNKED}five\r\nhello\r\n`),
    words: /does not answer as a web server does/,
  },
  {
    name: 'announces a chunk larger than numbers go',
    act: (socket) => socket.end(`${CHUNKED}ffffffffffffffffff\r\nhello\r\n`),
    words: /does not answer as a web server does/,
  },
  {
    name: 'announces less than nothing',
    act: (socket) => socket.end(`${OK}content-length: -2\r\n\r\nhello`),
    words: /does not answer as a web server does/,
  },
  {
    name: 'announces two lengths',
    act: (socket) => socket.end(`${OK}content-length: 3\r\ncontent-length: 5\r\n\r\nhello`),
    words: /another length than it had announced/,
  },
  {
    name: 'announces more than it sends',
    act: (socket) => socket.end(`${OK}content-length: 500\r\n\r\nhello`),
    words: /broke the connection off/,
  },
  {
    name: 'announces 99 GB',
    act: (socket) => void socket.write(`${OK}content-length: 99999999999\r\n\r\nhello`),
    words: /sent more than 10 MB/,
  },
  {
    name: 'resets in the middle of the body',
    act: (socket) =>
      void socket.write(`${OK}content-length: 500\r\n\r\nhello`, () => socket.resetAndDestroy()),
    words: /broke the connection off/,
  },
  {
    name: 'resets at once',
    act: (socket) => void socket.resetAndDestroy(),
    words: /broke the connection off/,
  },
  {
    name: 'changes to another protocol',
    act: (socket) =>
      void socket.write('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    words: /broke the connection off/,
  },
  {
    name: 'sends a zero byte in a header',
    act: (socket) => socket.end(`${OK}x-zero: a\0b\r\ncontent-length: 2\r\n\r\nhi`),
    words: /does not answer as a web server does/,
  },
];
