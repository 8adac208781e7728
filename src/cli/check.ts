import type { Command } from 'commander';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson } from './terminal.ts';

const SIGNS = { blocker: '✗ blocker', warning: '! warning', passed: '✓ passed ' };

/** `daybrief check`: the preflight of an issue. */
export function addCheckCommand(program: Command): void {
  program
    .command('check <issue>')
    .description(
      'preflight: what would embarrass this issue in an inbox (exit code 3 when something blocks it)',
    )
    .action(act(check));
}

async function check(flags: GlobalFlags, name: string): Promise<number> {
  return await withApp(flags, async (app) => {
    const { checkIssue } = await import('../app/check-issue.ts');
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { newsletter, issue } = await findNamedIssue(app, name, flags.newsletter);
    const findings = await checkIssue(app, newsletter, issue);
    if (flags.json) printJson(findings);
    else
      for (const found of findings)
        print(
          `${SIGNS[found.level]}  ${found.check}${found.message ? `: ${found.message} ${found.fix}` : ''}`,
        );
    return findings.some((found) => found.level === 'blocker') ? 3 : 0;
  });
}
