import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson } from './terminal.ts';

/** `daybrief bounce`: a mail server pipes in what came back. It ends with 0 even when nothing is believed, or that would bounce too. */
export function addBounceCommand(program: Command): void {
  program
    .command('bounce')
    .description('read a mail that came back from stdin, and suppress, count or ignore')
    .action(act(bounce));
}

async function bounce(flags: GlobalFlags): Promise<void> {
  await withApp(flags, async (app) => {
    const { receiveBounce } = await import('../app/receive-bounce.ts');
    const { notice, outcome, reason } = await receiveBounce(
      app,
      await buffer(process.stdin),
      'message',
    );
    if (flags.json) return printJson({ outcome, reason, ...notice });
    for (const { address, class: kind, cause, status } of notice.recipients)
      print(`${address ?? '(nobody named)'}: ${kind} (${cause}${status ? `, ${status}` : ''})`);
    print(`${notice.kind}, ${outcome.replace('_', ' ')}. ${reason}`);
  });
}
