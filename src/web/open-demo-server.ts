import { Hono } from 'hono';
import type { App } from '../app/app.ts';
import { openServer } from './open-server.ts';
import { createPreviewApp } from './preview-app.ts';
import { createReaderApp } from './reader-app.ts';

/** The demo's web server: opened before its store, because its address stands in the mails. */
export interface DemoServer {
  readonly url: string;
  /** Serves the preview and the readers' pages of a store from now on. */
  show(app: App): void;
  close(): Promise<void>;
}

const FAVOURITE_PORT = 4400;

/** Opens the server on 127.0.0.1: on the port given, else on 4400 or, when that is taken, a free one. */
export async function openDemoServer(port?: number): Promise<DemoServer> {
  let shown: Hono | null = null;
  const front = new Hono();
  front.all('*', (context) => shown?.fetch(context.req.raw) ?? context.text('one moment', 503));
  const open = (number: number) => openServer(front, { host: '127.0.0.1', port: number });
  const server =
    port === undefined ? await open(FAVOURITE_PORT).catch(() => open(0)) : await open(port);
  return {
    url: server.url,
    show(app) {
      shown = new Hono().route('/', createReaderApp(app)).route('/', createPreviewApp(app, {}));
    },
    close: () => server.close(),
  };
}
