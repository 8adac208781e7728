import type { Command } from 'commander';
import type { App } from '../app/app.ts';
import type { Issue } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { showIssueStatus } from './status.ts';

/** `daybrief pause`: stops an issue where it stands, or holds one that is not sent yet. */
export function addPauseCommand(program: Command): void {
  program
    .command('pause <issue>')
    .description('stop an issue where it stands; one that is not sent yet is held until resumed')
    .action(
      act(async (flags: GlobalFlags, name) => {
        await changeIssue(flags, name, async (app, { issue }) => {
          const { pauseIssue } = await import('../app/pause-send.ts');
          await pauseIssue(app, issue);
        });
      }),
    );
}

/** `daybrief cancel`: ends an issue for good. */
export function addCancelCommand(program: Command): void {
  program
    .command('cancel <issue>')
    .description('end an issue for good: what waits is skipped, what is out stays out')
    .action(
      act(async (flags: GlobalFlags, name) => {
        await changeIssue(flags, name, async (app, { issue }) => {
          const { cancelSend } = await import('../app/pause-send.ts');
          await cancelSend(app, issue);
        });
      }),
    );
}

/** Finds the issue, changes it, and shows how it stands now. */
export async function changeIssue(
  flags: GlobalFlags,
  name: string | undefined,
  change: (app: App, target: { newsletter: Newsletter; issue: Issue }) => Promise<void>,
): Promise<void> {
  await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const target = await findNamedIssue(app, name ?? '', flags.newsletter);
    await change(app, target);
    await showIssueStatus(app, target.issue, flags);
  });
}
