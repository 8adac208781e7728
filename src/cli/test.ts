import type { Command } from 'commander';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson } from './terminal.ts';

/** `daybrief test`: a test send that knows no subscriber. */
export function addTestCommand(program: Command): void {
  program
    .command('test <issue>')
    .description('mail an issue to up to five addresses, outside the ledger')
    .requiredOption('--to <addresses>', 'where to, comma-separated')
    .action(act(test));
}

async function test(flags: GlobalFlags & { to: string }, name: string): Promise<number> {
  return await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { openMail } = await import('../app/open-mail.ts');
    const { testIssue } = await import('../app/test-issue.ts');
    const { newsletter, issue } = await findNamedIssue(app, name, flags.newsletter);
    const addresses = flags.to
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== '');
    const mail = await openMail(app);
    const transport = mail.openTransport();
    try {
      const sends = await testIssue(app, { newsletter, issue, addresses }, transport);
      if (flags.json)
        printJson(sends.map(({ to, messageId, result }) => ({ to, messageId, ...result })));
      else
        for (const { to, messageId, result } of sends)
          print(
            `${result.outcome}  ${to}  ${messageId}${result.outcome === 'sent' ? '' : `  ${result.reply}`}`,
          );
      if (sends.some(({ result }) => result.outcome === 'unavailable')) return 1;
      return sends.every(({ result }) => result.outcome === 'sent') ? 0 : 5;
    } finally {
      await transport.close();
      await mail.close();
    }
  });
}
