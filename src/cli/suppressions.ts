import type { Command } from 'commander';
import { BriefingError } from '../domain/briefing-error.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { askYes, print, printJson, printTable } from './terminal.ts';

/** `daybrief suppressions`: addresses that no newsletter mails. */
export function addSuppressionsCommand(program: Command): void {
  const suppressions = program
    .command('suppressions')
    .description('list, add and remove addresses that must not be mailed');
  suppressions.command('list').description('every such address, and why').action(act(list));
  suppressions
    .command('add <address>')
    .description('never mail this address')
    .option('--note <text>', 'why, in words')
    .action(act(add));
  suppressions
    .command('remove <address>')
    .description('let it be mailed again; asks first')
    .option('--confirm', 'yes')
    .action(act(remove));
}

async function list(flags: GlobalFlags): Promise<void> {
  await withApp(flags, async (app) => {
    const { listSuppressions } = await import('../app/suppress-address.ts');
    const rows = await listSuppressions(app);
    if (flags.json) return printJson(rows);
    if (rows.length === 0) return print('No address is suppressed.');
    printTable(
      ['address', 'reason', 'since', 'note'],
      rows.map((row) => [
        row.address,
        row.reason.replace('_', ' '),
        row.createdAt.slice(0, 16),
        row.note ?? '',
      ]),
    );
  });
}

async function add(flags: GlobalFlags & { note?: string }, address: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { suppressAddress } = await import('../app/suppress-address.ts');
    const kept = await suppressAddress(app, address, flags.note ?? null);
    if (flags.json) printJson(kept);
    else print(`${address} is not mailed any more (${kept.reason.replace('_', ' ')}).`);
  });
}

async function remove(flags: GlobalFlags & { confirm?: boolean }, address: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { findRemovableSuppression, releaseAddress } = await import('../app/suppress-address.ts');
    const { reason, note } = await findRemovableSuppression(app, address);
    const why = `${reason.replace('_', ' ')}${note ? `: ${note}` : ''}`;
    const isSure =
      flags.confirm || (await askYes(`Mail ${address} again? It was silenced (${why}).`, flags));
    if (!isSure) {
      throw new BriefingError(
        'invalid',
        `Nothing was changed: ${address} was silenced (${why}), and mailing it again needs a yes. Say it with --confirm.`,
      );
    }
    await releaseAddress(app, address);
    if (flags.json) printJson({ address, isSuppressed: false });
    else print(`${address} may be mailed again.`);
  });
}
