import type { Command } from 'commander';
import { BriefingError } from '../domain/briefing-error.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { printJsonLine } from './terminal.ts';

/** `daybrief ledger`: one row per subscriber. */
export function addLedgerCommand(program: Command): void {
  program
    .command('ledger <issue>')
    .description('the ledger of an issue as JSON Lines, one row per subscriber')
    .option(
      '--state <state>',
      'only queued, claimed, handing_over, sent, failed, skipped or unknown',
    )
    .action(act(ledger));
}

async function ledger(flags: GlobalFlags & { state?: string }, name: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { isDeliveryState } = await import('../domain/delivery.ts');
    const { streamLedger } = await import('../app/stream-ledger.ts');
    const { issue } = await findNamedIssue(app, name, flags.newsletter);
    const { state } = flags;
    if (state !== undefined && !isDeliveryState(state)) {
      throw new BriefingError(
        'invalid',
        `There is no state "${state}". Choose queued, claimed, handing_over, sent, failed, skipped or unknown.`,
      );
    }
    for await (const row of streamLedger(app, issue, state)) await printJsonLine(row);
  });
}
