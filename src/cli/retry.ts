import type { Command } from 'commander';
import { BriefingError } from '../domain/briefing-error.ts';
import { describeCount } from '../domain/describe-count.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { confirmCount } from './confirm-count.ts';
import { runSend } from './run-send.ts';
import { print, printJson } from './terminal.ts';

interface RetryFlags {
  readonly failed?: boolean;
  readonly unknown?: boolean;
  readonly leave?: boolean;
  readonly confirm?: string;
}

/** `daybrief retry`: sends again what failed, or what may not have arrived. */
export function addRetryCommand(program: Command): void {
  program
    .command('retry <issue>')
    .description('send again what failed, with the same Message-ID and bytes')
    .option('--failed', 'the mails that failed (usual)')
    .option(
      '--unknown',
      'the mails of which nobody knows whether they arrived: some may come twice',
    )
    .option('--leave', 'with --unknown: send nothing, count them as sent')
    .option('--confirm <number>', 'yes, to this many readers (asked for otherwise)')
    .action(act(retry));
}

async function retry(flags: GlobalFlags & RetryFlags, name: string): Promise<number> {
  if ((flags.failed && flags.unknown) || (flags.leave && !flags.unknown))
    throw new BriefingError(
      'invalid',
      'Choose --failed or --unknown; --leave goes with --unknown only.',
    );
  const which = flags.unknown ? 'unknown' : 'failed';
  return await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { leaveUnknown, planRetry, retryDeliveries } = await import('../app/retry-deliveries.ts');
    const target = await findNamedIssue(app, name, flags.newsletter);
    if (flags.leave) {
      const left = await leaveUnknown(app, target.issue);
      if (flags.json) printJson({ left });
      else print(`${describeCount(left, 'reader')} counted as sent.`);
      return 0;
    }
    const count = await planRetry(app, { ...target, which });
    const warning = which === 'unknown' ? ' Some of them may have it already.' : '';
    const ask = (readers: string) => `Send it again to ${readers}?${warning}`;
    const confirmed = await confirmCount(count, ask, flags);
    const send = { issue: target.issue, total: count };
    return await runSend(
      app,
      {
        ...send,
        send: (options) => retryDeliveries(app, { ...target, which, confirmed }, options),
      },
      flags,
    );
  });
}
