import { createInterface } from 'node:readline/promises';

/** Prints one line (or block) of a result on stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a result as one JSON document on stdout. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Prints one JSON Lines row on stdout, waiting while the reader is slow. */
export async function printJsonLine(value: unknown): Promise<void> {
  if (process.stdout.write(`${JSON.stringify(value)}\n`)) return;
  await new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** Tells the person something beside the result, on stderr. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Prints rows as aligned columns under a header; cells never break the table. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const cells = [header, ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')));
  const widths = header.map((_, column) =>
    Math.max(...cells.map((row) => [...(row[column] ?? '')].length)),
  );
  for (const row of cells) {
    const line = row.map(
      (cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length),
    );
    print(line.join('  ').trimEnd());
  }
}

/** Asks a yes-or-no question where a person can answer; false everywhere else. */
export async function askYes(question: string, flags: { input: boolean }): Promise<boolean> {
  if (!flags.input || !process.stdin.isTTY || !process.stderr.isTTY) return false;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    reader.close();
  }
}

/** A one-line progress report on stderr, only where a person looks at it. */
export function startProgress(
  label: string,
  total: number,
): { show: (done: number) => void; end: () => void } {
  const isShown = process.stderr.isTTY && total > 0;
  return {
    show(done) {
      if (!isShown) return;
      const filled = Math.round((done / total) * 24);
      process.stderr.write(
        `\r${label} ${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${done}/${total}`,
      );
    },
    end() {
      if (isShown) process.stderr.write('\r\u001b[K');
    },
  };
}
