import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Row } from './print-rows.ts';
import { findBuiltMain, timeProgram } from './time-program.ts';

const SETTLING = 20_000;

/** Resident memory of an idle `daybrief run`, beside a Node that only waits. Only Linux tells. */
export async function measureMemory(): Promise<readonly Row[]> {
  if (!existsSync('/proc/self/status')) return [];
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-bench-'));
  const main = findBuiltMain();
  const init = ['init', '--no-input', '--name', 'Morning', '--address', 'ada@example.org'];
  try {
    timeProgram(process.execPath, [main, ...init], folder);
    const [value, bare] = await Promise.all([
      weighIdle([main, 'run'], folder),
      weighIdle(['-e', 'setInterval(() => {}, 1_000_000)'], folder),
    ]);
    const beside = { what: 'an idle node', value: bare };
    return [{ what: 'daybrief run, idle', unit: 'MiB', value, target: { value: 120 }, beside }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function weighIdle(args: readonly string[], cwd: string): Promise<number> {
  const env = { ...process.env, PORT: '0' };
  const child = spawn(process.execPath, args, { cwd, env, stdio: 'ignore' });
  try {
    await wait(SETTLING);
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`);
    return readResident(child.pid);
  } finally {
    child.kill();
  }
}

function readResident(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
