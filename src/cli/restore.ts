import type { Command } from 'commander';
import { act, loadFlags, type GlobalFlags } from './command-context.ts';
import { print, printJson } from './terminal.ts';

/** `daybrief restore`: puts a backup in the place of the store. */
export function addRestoreCommand(program: Command): void {
  program
    .command('restore <file>')
    .description(
      'put a backup in the place of the store (stop "daybrief run" first); it sends nothing until resumed',
    )
    .action(act(restore));
}

async function restore(flags: GlobalFlags, file: string): Promise<void> {
  const { settings } = await loadFlags(flags);
  const { readClock } = await import('../app/open-app.ts');
  const { restoreStore } = await import('../app/restore-store.ts');
  const restored = await restoreStore(settings, file, readClock());
  if (flags.json) return printJson(restored);
  print(`Restored ${restored.store}.`);
  if (restored.before) print(`The one before is kept as ${restored.before}.`);
  print(
    'What was open in the backup is "unknown" now, and nothing is sent. Look at it with "daybrief issues"; then: daybrief resume --after-restore',
  );
}
