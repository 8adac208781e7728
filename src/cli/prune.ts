import type { Command } from 'commander';
import { describeCount } from '../domain/describe-count.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson } from './terminal.ts';

/** `daybrief prune`: removes what is old; `daybrief run` does it once a day. */
export function addPruneCommand(program: Command): void {
  program
    .command('prune')
    .description(
      'remove articles and mail servers’ replies that are older than they are to be kept; "daybrief run" does it every day',
    )
    .option('--dry-run', 'say what would go, and change nothing')
    .action(act(prune));
}

async function prune(flags: GlobalFlags & { dryRun?: boolean }): Promise<void> {
  await withApp(flags, async (app) => {
    const { planPruning, pruneStore } = await import('../app/prune-store.ts');
    const isDryRun = flags.dryRun === true;
    const pruned = await (isDryRun ? planPruning(app) : pruneStore(app));
    if (flags.json) return printJson({ ...pruned, dryRun: isDryRun });
    const { articlesDays, attemptsDays } = app.settings.keep;
    const parts = [
      nameRemoved(describeCount(pruned.articles, 'article'), articlesDays),
      nameRemoved(describeCount(pruned.attempts, 'reply'), attemptsDays),
    ];
    print(`${isDryRun ? 'Would remove' : 'Removed'} ${parts.join(' and ')}.`);
  });
}

function nameRemoved(count: string, days: number | null): string {
  return days === null
    ? `${count}, as they are kept for ever,`
    : `${count} older than ${days} days`;
}
