import type { Command } from 'commander';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson, printTable } from './terminal.ts';

/** `daybrief issues`: every issue with its state and numbers. */
export function addIssuesCommand(program: Command): void {
  program
    .command('issues')
    .description('list the issues with their state and numbers')
    .action(act(listIssues));
}

async function listIssues(flags: GlobalFlags): Promise<void> {
  await withApp(flags, async (app) => {
    const { readIssueStatuses } = await import('../app/read-status.ts');
    const issues = await readIssueStatuses(app, flags.newsletter);
    if (flags.json) printJson(issues);
    else if (issues.length === 0) print('There is no issue yet. Make one with: daybrief build');
    else {
      printTable(
        [
          'issue',
          'state',
          'stories',
          'audience',
          'sent',
          'failed',
          'skipped',
          'unknown',
          'waiting',
          '',
        ],
        issues.map((row) => [
          row.issue,
          row.state,
          ...[
            row.stories,
            row.audience,
            row.sent,
            row.failed,
            row.skipped,
            row.unknown,
            row.waiting,
          ].map(String),
          row.reason ?? '',
        ]),
      );
    }
  });
}
