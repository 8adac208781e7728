import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { BriefingError } from '../domain/briefing-error.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson } from './terminal.ts';

/** `daybrief backup`: a consistent copy of the store, while everything runs. */
export function addBackupCommand(program: Command): void {
  program
    .command('backup <file>')
    .description('copy the store to a file, consistently, while daybrief runs')
    .action(act(backup));
}

async function backup(flags: GlobalFlags, file: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { backupStore } = await import('../app/backup-store.ts');
    if (existsSync(file))
      throw new BriefingError(
        'conflict',
        `The file ${file} exists already. Choose another name, so that no older backup is lost.`,
      );
    const bytes = await backupStore(app, file);
    if (flags.json) printJson({ file, bytes });
    else print(`Wrote ${file}, ${Math.ceil(bytes / 1024)} KB`);
  });
}
