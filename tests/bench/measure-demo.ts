import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './print-rows.ts';
import { ROOT, timeProgram } from './time-program.ts';

/** The demo from a standing start to its numbers, then once more in the same folder, when nobody is mailed. */
export function measureDemo(): readonly Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-bench-'));
  const main = join(ROOT, 'src', 'main.ts');
  const demo = [main, 'demo', '--once', '--json', '--no-open', '--data', folder];
  try {
    const first = timeProgram(process.execPath, demo);
    const second = timeProgram(process.execPath, demo);
    const beside = { what: 'npm --version', value: timeProgram('npm', ['--version']) };
    const target = { value: 10_000 };
    return [
      { what: 'demo, a whole morning', unit: 'ms', value: first, target, beside },
      { what: 'demo again', unit: 'ms', value: second, target, beside },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
