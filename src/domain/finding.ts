/** One result of the preflight: what is so, and what to do about it. */
export interface Finding {
  readonly level: 'blocker' | 'warning' | 'passed';
  readonly check: string;
  readonly message: string;
  readonly fix: string;
}

/** A check as it is written down: its name, what blocks, what is only worth a look, and what to do about either. */
export type Check = readonly [
  check: string,
  blocker: string | null,
  warning: string | null,
  fix: string,
];

const ORDER = { blocker: 0, warning: 1, passed: 2 };

/** What came of the checks, blockers first. */
export function listFindings(checks: readonly Check[]): readonly Finding[] {
  return checks.map(toFinding).sort((a, b) => ORDER[a.level] - ORDER[b.level]);
}

function toFinding([check, blocker, warning, fix]: Check): Finding {
  const level = blocker ? 'blocker' : warning ? 'warning' : 'passed';
  return { level, check, message: blocker ?? warning ?? '', fix: level === 'passed' ? '' : fix };
}
