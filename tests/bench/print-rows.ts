/** One thing measured, beside something public that was measured in the same run. */
export interface Row {
  readonly what: string;
  readonly unit: 'ms' | 'µs' | 'MiB' | 'KB';
  readonly value: number;
  /** The most it should be: a value in `unit`, or so many times what stands beside it. */
  readonly target: { readonly value: number } | { readonly ratio: number } | null;
  readonly beside: { readonly what: string; readonly value: number };
}

const HEADER = ['measured', '', 'target', 'beside', '', 'ratio', ''];

/** Prints the rows as aligned columns; what misses its target says so at the end of its line. */
export function printRows(rows: readonly Row[]): void {
  const table = [HEADER, ...rows.map(describeRow)];
  const widths = HEADER.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table) {
    const cells = row.map((cell, column) => {
      const isNumber = [1, 2, 4, 5].includes(column);
      return isNumber ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
    });
    console.log(cells.join('  ').trimEnd());
  }
}

/** The middle one of several measurements. */
export function findMedian(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function describeRow(row: Row): readonly string[] {
  const { what, unit, value, target, beside } = row;
  return [
    what,
    `${round(value)} ${unit}`,
    describeTarget(row),
    beside.what,
    `${round(beside.value)} ${unit}`,
    `${round(value / beside.value)}×`,
    target && !isReached(row) ? 'MISSED' : '',
  ];
}

function describeTarget({ target, unit }: Row): string {
  if (!target) return '';
  return 'ratio' in target ? `≤ ${target.ratio}×` : `≤ ${target.value} ${unit}`;
}

function isReached({ target, value, beside }: Row): boolean {
  if (!target) return true;
  return 'ratio' in target ? value / beside.value <= target.ratio : value <= target.value;
}

function round(value: number): string {
  if (value < 0.1) return value.toFixed(3);
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}
