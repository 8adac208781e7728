import type { Command } from 'commander';
import { BriefingError } from '../domain/briefing-error.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { changeIssue } from './pause.ts';
import { print, printJson } from './terminal.ts';

interface ResumeFlags {
  readonly afterRestore?: boolean;
}

/** `daybrief resume`: lets a paused issue go on, or a store that was put back. */
export function addResumeCommand(program: Command): void {
  program
    .command('resume [issue]')
    .description('let a paused or held issue go on; "daybrief run" or "daybrief send" sends it')
    .option('--after-restore', 'let sending go on after a store was put back from a copy')
    .action(act(resume));
}

async function resume(flags: GlobalFlags & ResumeFlags, name?: string): Promise<void> {
  if (flags.afterRestore) return await resumeStore(flags);
  if (name === undefined)
    throw new BriefingError('invalid', 'Say which issue is to go on: daybrief resume ISSUE');
  await changeIssue(flags, name, async (app, { newsletter, issue }) => {
    const { resumeIssue } = await import('../app/pause-send.ts');
    await resumeIssue(app, newsletter, issue);
  });
}

async function resumeStore(flags: GlobalFlags): Promise<void> {
  await withApp(flags, async (app) => {
    const { resumeRestored } = await import('../app/restored-store.ts');
    const resumed = await resumeRestored(app);
    if (flags.json) printJson(resumed);
    else
      print(
        resumed.wasRestored
          ? `Sending goes on. Nothing that was due before ${resumed.since} is sent by itself.`
          : 'This store was not put back from a copy; nothing had to be resumed.',
      );
  });
}
