import type { Command } from 'commander';
import type { NewsletterStatus } from '../app/read-status.ts';
import { localTimeAt } from '../domain/local-time.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { describeSums } from './send.ts';
import { print, printJson } from './terminal.ts';
import { describeCount } from '../domain/describe-count.ts';

/** `daybrief status`: what happens next, or how one send stands. */
export function addStatusCommand(program: Command): void {
  program
    .command('status [issue]')
    .description('what happens next, when, and to how many; with an issue, how its sending stands')
    .action(act(status));
}

async function status(flags: GlobalFlags, name?: string): Promise<void> {
  await withApp(flags, async (app) => {
    if (name !== undefined) {
      const { findNamedIssue } = await import('../app/choose-newsletter.ts');
      const { readIssueStatuses } = await import('../app/read-status.ts');
      const { issue } = await findNamedIssue(app, name, flags.newsletter);
      const statuses = await readIssueStatuses(app, issue.newsletter);
      const found = statuses.find((row) => row.issue === `${issue.newsletter}/${issue.date}`);
      if (flags.json) printJson(found);
      else if (found)
        print(
          `${found.state}${found.reason ? ` (${found.reason})` : ''}\n${describeSums(found.issue, found)}${found.contentHash ? `\ncontent ${found.contentHash}` : ''}`,
        );
      return;
    }
    const { readStatus } = await import('../app/read-status.ts');
    const all = await readStatus(app);
    if (flags.json) printJson(all);
    else if (all.length === 0) print('There is no newsletter yet. Write one with: daybrief init');
    else for (const one of all) print(describe(one));
  });
}

function describe(one: NewsletterStatus): string {
  const readers = describeCount(one.readers, 'reader');
  const next =
    one.nextSend === null
      ? 'is paused: nothing is sent.'
      : `next issue ${one.nextDate}, sent at ${localTimeAt(one.zone, one.nextSend)} ${one.zone} (${one.nextSend.slice(0, 16)}Z) to ${readers}${one.nextIssueState ? `; it is ${one.nextIssueState}` : '; not built yet'}`;
  const feeds = `${describeCount(one.feeds, 'feed')}${one.failingFeeds > 0 ? `, ${one.failingFeeds} failing (daybrief feeds list)` : ''}`;
  const last = one.lastIssue
    ? `\n  last: ${one.lastIssue.state}, ${describeSums(one.lastIssue.date, one.lastIssue.sums)}`
    : '';
  return `${one.name} (${one.newsletter}): ${next}\n  ${feeds}${last}`;
}
