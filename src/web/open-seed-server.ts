import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Hono } from 'hono';
import { addTime, MINUTE, type Instant } from '../domain/instant.ts';
import { openServer } from './open-server.ts';

/** The publishers of a bundled morning, on this machine. */
export interface SeedServer {
  /** Takes the place of the address that the bundled configuration gives its feeds. */
  readonly origin: string;
  readonly hostPort: string;
  close(): Promise<void>;
}

interface Behaviour {
  /** Milliseconds before the answer, by file. */
  readonly slow: Readonly<Record<string, number>>;
  readonly gone: readonly string[];
  readonly types: Readonly<Record<string, string>>;
}

/** Serves the documents of `folder`/feeds as their publishers would, dated back from `now`, with slow, gone and unchanged answers. */
export async function openSeedServer(options: {
  folder: string;
  now: Instant;
}): Promise<SeedServer> {
  const feeds = join(options.folder, 'feeds');
  const publishers = new Hono();
  const behaviour = readBehaviour(options.folder);
  for (const file of behaviour.gone)
    publishers.get(`/${file}`, (context) => context.body(null, 410));
  for (const file of readdirSync(feeds)) {
    const bytes = dateDocument(readFileSync(join(feeds, file)), options.now);
    addDocument(publishers, { file, bytes, behaviour });
  }
  const server = await openServer(publishers, { host: '127.0.0.1', port: 0 });
  return {
    origin: server.url,
    hostPort: `127.0.0.1:${server.port}`,
    close: () => server.close(),
  };
}

function readBehaviour(folder: string): Behaviour {
  return JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as Behaviour;
}

function addDocument(
  publishers: Hono,
  document: { file: string; bytes: Uint8Array<ArrayBuffer>; behaviour: Behaviour },
): void {
  const { file, bytes, behaviour } = document;
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
  const type = behaviour.types[file] ?? 'application/octet-stream';
  publishers.get(`/${file}`, async (context) => {
    await wait(behaviour.slow[file] ?? 0);
    context.header('ETag', etag);
    if (context.req.header('if-none-match') === etag) return context.body(null, 304);
    return context.body(bytes, 200, { 'Content-Type': type });
  });
}

/** Replaces the time marks and leaves every other byte alone, whatever charset the document is in. */
function dateDocument(bytes: Buffer, now: Instant): Uint8Array<ArrayBuffer> {
  const text = bytes.toString('latin1');
  const dated = text.replace(MARK, (_, format: string, minutes: string) => {
    const instant = addTime(now, Number(minutes) * MINUTE);
    return format === 'iso' ? instant : new Date(instant).toUTCString();
  });
  return Uint8Array.from(Buffer.from(dated, 'latin1'));
}

const MARK = /@@(rfc822|iso) (-?\d+)m@@/g;
