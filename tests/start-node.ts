import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface RunningNode {
  /** Resolves with its first words on stdout; throws when it ends without any. */
  untilItSpeaks(): Promise<void>;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly output: string;
    readonly errors: string;
  }>;
  kill(): void;
}

/** Another process that runs `script` as a module; `SRC` in it stands for the URL of src/. */
export function startNode(script: string, options: { uid?: number } = {}): RunningNode {
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
  return {
    async untilItSpeaks() {
      if (output === '') await Promise.race([once(child.stdout, 'data'), closed]);
      if (output === '') throw new Error(`the other process said nothing. ${errors}`);
    },
    ended: closed.then(() => ({ code: child.exitCode, output, errors })),
    kill: () => child.kill('SIGKILL'),
  };
}
