import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a program ended, its texts as Latin-1 so that bytes stay bytes. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, for five minutes at most, without keeping this process from answering it meanwhile. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { input = '', env = process.env }: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const child = spawn(program, args, { env, timeout: 300_000 });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('latin1').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => {});
  child.stdin.end(input, 'latin1');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
