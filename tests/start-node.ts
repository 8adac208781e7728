import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Another process that runs `script` as a module; `SRC` in it stands for the URL of src/. */
export function startNode(
  script: string,
  options: { uid?: number } = {},
): { readonly lines: AsyncIterator<string>; readonly ended: Promise<NodeEnd>; kill(): void } {
  const source = script.replaceAll('SRC', pathToFileURL(join(import.meta.dirname, '../src')).href);
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const closed = once(child, 'close');
  const ended = closed.then(() => ({ code: child.exitCode, output, errors }));
  return { lines: readChunks(child.stdout), ended, kill: () => child.kill('SIGKILL') };
}

/** How it ended, and all it printed. */
interface NodeEnd {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

async function* readChunks(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  for await (const chunk of stream) yield String(chunk);
}
