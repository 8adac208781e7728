import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { BriefingError } from '../domain/briefing-error.ts';

/** A web server that listens. */
export interface WebServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Takes no new request, lets those in hand finish for a moment, and ends every stream. */
  close(): Promise<void>;
}

const PATIENCE_MS = 300;

/** Serves an app; port 0 takes a free one. Throws BriefingError `unavailable` when the address cannot be had. */
export async function openServer(
  hono: Hono,
  address: { host: string; port: number },
): Promise<WebServer> {
  const server = createAdaptorServer({ fetch: hono.fetch }) as Server;
  await listen(server, address);
  const { port } = server.address() as AddressInfo;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return { url: `http://${host}:${port}`, port, close: () => closeServer(server) };
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'another program uses it' : cause.message;
      reject(
        new BriefingError(
          'unavailable',
          `The web server cannot listen on port ${port} of ${host}: ${why}. Choose another port with --port N or PORT=N; 0 takes a free one.`,
          { cause },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
  });
}
