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
    .option('--links', 'ask every page that is linked to whether it is still there')
    .option('--clients <names>', 'what these mail programs do not show: gmail, outlook, apple')
    .action(act(check));
}

async function check(
  flags: GlobalFlags & { readonly links?: boolean; readonly clients?: string },
  name: string,
): Promise<number> {
  return await withApp(flags, async (app) => {
    const { examineIssue } = await import('../app/examine-issue.ts');
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const named = await findNamedIssue(app, name, flags.newsletter);
    const findings = await examineIssue(app, named, {
      hasLinks: flags.links ?? false,
      clients: (flags.clients ?? '').split(',').flatMap((client) => client.trim() || []),
    });
    if (flags.json) printJson(findings);
    else
      for (const found of findings)
        print(
          `${SIGNS[found.level]}  ${found.check}${found.message ? `: ${found.message} ${found.fix}` : ''}`,
        );
    return findings.some((found) => found.level === 'blocker') ? 3 : 0;
  });
}
