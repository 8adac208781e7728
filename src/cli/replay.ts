import type { Command } from 'commander';
import { isSameIssue } from '../domain/issue-difference.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { printDifference } from './print-difference.ts';
import { print, printJson } from './terminal.ts';

/** `daybrief replay`: a past day under the rules of today, or of a file given with --config. */
export function addReplayCommand(program: Command): void {
  program
    .command('replay <issue>')
    .description(
      'make a past day again under the present rules, or those of the daybrief.yaml given with --config; prints what would differ and changes nothing',
    )
    .action(act(replay));
}

async function replay(flags: GlobalFlags, name: string): Promise<void> {
  await withApp(flags, async (app, configuration) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { replayIssue } = await import('../app/replay-issue.ts');
    const named = await findNamedIssue(app, name, flags.newsletter);
    const written = flags.config === undefined ? undefined : (configuration.newsletters ?? []);
    const difference = await replayIssue(app, named, written);
    const { newsletter, date } = named.issue;
    if (flags.json)
      printJson({ issue: `${newsletter}/${date}`, isSame: isSameIssue(difference), difference });
    else if (isSameIssue(difference)) print(`${newsletter}/${date}: no difference`);
    else printDifference(difference);
  });
}
