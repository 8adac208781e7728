import type { Command } from 'commander';
import { act, loadFlags, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson, printTable } from './terminal.ts';

/** `daybrief config`: what is set and from where, and daybrief.yaml against the store. */
export function addConfigCommand(program: Command): void {
  const config = program
    .command('config')
    .description('show the settings; bring daybrief.yaml into the store');
  config
    .command('show')
    .description('every setting, its value and where it comes from')
    .action(act(show));
  config
    .command('apply')
    .description('make the newsletters and feeds in the store as daybrief.yaml says')
    .option('--dry-run', 'only print what would change')
    .action(act(apply));
}

async function show(flags: GlobalFlags): Promise<void> {
  const { shown } = await loadFlags(flags);
  if (flags.json) printJson(shown);
  else
    printTable(
      ['setting', 'environment', 'value', 'from'],
      shown.map((row) => [row.key, row.environment, row.value, row.origin]),
    );
}

async function apply(flags: GlobalFlags & { dryRun?: boolean }): Promise<void> {
  await withApp(flags, async (app, configuration) => {
    const { applyConfiguration } = await import('../app/apply-configuration.ts');
    const isDryRun = flags.dryRun === true;
    const changes = await applyConfiguration(app, configuration.newsletters, { isDryRun });
    if (flags.json) printJson({ isDryRun, changes });
    else if (changes.length === 0) print('The store is as daybrief.yaml says. Nothing to change.');
    else
      for (const { newsletter, change } of changes)
        print(`${isDryRun ? 'would change' : 'changed'}  ${newsletter}: ${change}`);
  });
}
