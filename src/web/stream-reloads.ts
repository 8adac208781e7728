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
    // Without a folder the stream ends, and the browser asks again by itself; that of a HEAD would never end.
    if (!existsSync(folder) || context.req.method === 'HEAD') return;
    const tell = (): void => void stream.writeSSE({ data: readVersion(folder, run) });
    const end = Promise.withResolvers<void>();
    stream.onAbort(() => end.resolve());
    const watcher = watchFolders(listFolders(folder), { onChange: tell, onLost: end.resolve });
    tell();
    await end.promise;
    watcher.close();
  });
}

/** Folder by folder: the recursive watch of Node on Linux loses a file once another is renamed over it, as many editors save. */
function watchFolders(
  folders: readonly string[],
  { onChange, onLost }: { onChange: () => void; onLost: () => void },
): { close(): void } {
  let settled: NodeJS.Timeout | undefined;
  const watchers = folders.map((folder) =>
    // A watcher must not keep a program alive that has closed its server.
    watch(folder, { persistent: false }, () => {
      clearTimeout(settled);
      settled = setTimeout(onChange, SETTLE_MS);
    }).on('error', onLost),
  );
  return {
    close() {
      clearTimeout(settled);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function listFolders(folder: string): readonly string[] {
  const inside = readdirSync(folder, { recursive: true, withFileTypes: true });
  const folders = inside.filter((entry) => entry.isDirectory());
  return [folder, ...folders.map((entry) => join(entry.parentPath, entry.name))];
}

/** Differs whenever a file of the folder does, or when the server is another `run`. */
export function readVersion(folder: string, run: string): string {
  const hash = createHash('sha256').update(run);
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
    : [];
  for (const file of files.sort()) {
    const status = statSync(join(folder, file), { throwIfNoEntry: false });
    hash.update(`${file} ${status?.mtimeMs} ${status?.size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
