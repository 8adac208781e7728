/** What one judge says about all messages. */
export interface Verdict {
  readonly judge: string;
  /** What was measured: `worst -0.9`. */
  readonly figure: string;
  readonly wanted: string;
  /** One sentence per fault, with the message it is in; none when the figure is reached. */
  readonly faults: readonly string[];
}

/** The verdict of a judge that is not on this machine: no figure is a missed figure. */
export function missJudge(judge: string, wanted: string): Verdict {
  return { judge, figure: 'not installed', wanted, faults: ['is not installed'] };
}

/** Prints one row per judge and, below, every fault. */
export function printVerdicts(verdicts: readonly Verdict[]): void {
  const rows = [
    ['judge', 'figure', 'wanted', ''],
    ...verdicts.map(({ judge, figure, wanted, faults }) => [
      judge,
      figure,
      wanted,
      faults.length === 0 ? 'reached' : 'MISSED',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]!.length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    );
  for (const { judge, faults } of verdicts)
    for (const fault of faults) console.log(`\n${judge}: ${fault}`);
}
