import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/** Editors save in several steps; a page reloaded after the first would show half a template. */
const SETTLE_MS = 80;

/** Server-sent events: the version of a folder at once, and again after every change in it, until the reader leaves. */
export function streamReloads(context: Context, folder: string, run: string): Response {
  return streamSSE(context, async (stream) => {
    // Without a folder the stream ends, and the browser asks again by itself.
    if (!existsSync(folder)) return;
    const tell = (): void => void stream.writeSSE({ data: readVersion(folder, run) });
    const end = Promise.withResolvers<void>();
    let settled: NodeJS.Timeout | undefined;
    const watcher = watch(folder, { recursive: true }, () => {
      clearTimeout(settled);
      settled = setTimeout(tell, SETTLE_MS);
    });
    watcher.on('error', () => end.resolve());
    stream.onAbort(() => end.resolve());
    tell();
    await end.promise;
    clearTimeout(settled);
    watcher.close();
  });
}

/** Differs whenever a file of the folder does, or when the server is another `run`. */
export function readVersion(folder: string, run: string): string {
  const hash = createHash('sha256').update(run);
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  for (const file of files.sort()) {
    const status = statSync(join(folder, file), { throwIfNoEntry: false });
    hash.update(`${file} ${status?.mtimeMs} ${status?.size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
