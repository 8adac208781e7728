import type { Command } from 'commander';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson, tell } from './terminal.ts';
import { describeCount } from '../domain/describe-count.ts';

/** `daybrief build`: makes the draft of a day, or shows the issue it has become. */
export function addBuildCommand(program: Command): void {
  program
    .command('build')
    .description('make (or show) the issue of a day')
    .option('--date <date>', 'the day, YYYY-MM-DD', 'today')
    .action(act(build));
}

async function build(flags: GlobalFlags & { date: string }): Promise<number> {
  return await withApp(flags, async (app) => {
    const { buildIssue } = await import('../app/build-issue.ts');
    const { parseIssueName } = await import('../app/choose-newsletter.ts');
    const { newsletter, key } = await parseIssueName(app, flags.date, flags.newsletter);
    const { issue, isFresh, conflicts } = await buildIssue(app, newsletter, key.date);
    const { counts } = issue.document;
    const name = `${issue.newsletter}/${issue.date}`;
    if (flags.json)
      printJson({
        issue: name,
        id: issue.id,
        state: issue.state,
        reason: issue.reason,
        ...counts,
        conflicts,
      });
    else if (issue.state === 'skipped')
      print(`${name}: ${issue.reason ?? 'skipped'}. Gather more, or lower minimum_stories.`);
    else {
      print(`${name}  ${issue.state}${isFresh ? '' : ' (frozen already, nothing was changed)'}`);
      print(
        `${describeCount(counts.stories, 'story')} from ${describeCount(counts.articles, 'article')} of ${describeCount(counts.outlets, 'outlet')}, ${counts.minutes} min`,
      );
      print(`Look at it with: daybrief preview    Send it with: daybrief send ${issue.date}`);
    }
    for (const { edit, reason } of conflicts) tell(`edit ${edit} was not done as asked: ${reason}`);
    return issue.state === 'skipped' ? 4 : 0;
  });
}
