import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder that goes when the test ends. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the real program in a folder, with no settings but those given. */
export function startCommand(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
) {
  return spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...listUsualEnv(), TZ: 'Pacific/Chatham', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What every process of the program needs. Hundreds are started: compiled code is kept between them. */
function listUsualEnv() {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  return { PATH, HOME, NODE_COMPILE_CACHE };
}

/** Runs the real program to its end with a text on stdin. */
export function pipeCommand(
  folder: string,
  args: readonly string[],
  input: string,
): Promise<Finished> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: listUsualEnv() });
  child.stdin.end(input);
  return collect(child);
}

/** Runs the real program to its end. */
export function runCommand(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Finished> {
  return collect(startCommand(folder, args, env));
}

/** Waits for a program to end and keeps what it said. */
export function collect(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}
