import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** The program as it is shipped; throws when nobody has built it. */
export function findBuiltMain(): string {
  const main = join(ROOT, 'dist', 'main.js');
  if (!existsSync(main)) throw new Error('There is no dist/main.js. Make it with: npm run build');
  return main;
}

/** Milliseconds from start to end of one program; throws when it fails or takes longer than a minute. */
export function timeProgram(program: string, args: readonly string[], cwd = ROOT): number {
  const start = performance.now();
  const finished = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 60_000 });
  const time = performance.now() - start;
  if (finished.status === 0) return time;
  throw new Error(`${[program, ...args].join(' ')} failed:\n${finished.stderr}`);
}
