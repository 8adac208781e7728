import type { Command } from 'commander';
import type { App } from '../app/app.ts';
import type { CorrectionWish, PlannedCorrection } from '../app/correct-issue.ts';
import { describeCount } from '../domain/describe-count.ts';
import { describeQuota } from '../domain/describe-quota.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { confirmCount } from './confirm-count.ts';
import { describeSums } from './run-send.ts';
import { print, printJson, tell } from './terminal.ts';

interface CorrectFlags {
  readonly text: string;
  readonly confirm?: string;
  readonly yes?: boolean;
}

/** `daybrief correct`: puts right what was wrong in a story that was sent. */
export function addCorrectCommand(program: Command): void {
  program
    .command('correct <issue> <story>')
    .description(
      'put a story right that was sent: a letter to everybody who had it in their mail, below the issue, and a line on its pages',
    )
    .requiredOption('--text <text>', 'what is right, in your words')
    .option('--confirm <number>', 'yes, to this many readers (asked for otherwise)')
    .option('--yes', 'yes, to however many it is')
    .action(act(correct));
}

async function correct(
  flags: GlobalFlags & CorrectFlags,
  name: string,
  story: string,
): Promise<number> {
  return await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { correctIssue, planCorrection } = await import('../app/correct-issue.ts');
    const { planQuota } = await import('../app/plan-quota.ts');
    const wish = {
      ...(await findNamedIssue(app, name, flags.newsletter)),
      story,
      text: flags.text,
    };
    const plan = await planCorrection(app, wish);
    const count = plan.readers.length;
    const quota = await planQuota(app, count);
    if (quota && count > 0) tell(describeQuota(quota, count));
    const ask = (readers: string) =>
      `Correct “${plan.story.headline}”, with a letter to ${readers}?`;
    const confirmed = await confirmCount(count, ask, {
      ...flags,
      ...(flags.yes && { confirm: String(count) }),
    });
    return await report(
      app,
      { wish, done: await correctIssue(app, { ...wish, confirmed }) },
      flags,
    );
  });
}

/** The letters leave at once; what the mail server puts off, whoever runs the sender tries again. */
async function report(
  app: App,
  { wish, done }: { readonly wish: CorrectionWish; readonly done: PlannedCorrection },
  flags: GlobalFlags,
): Promise<number> {
  const { sumCorrection } = await import('../app/correct-issue.ts');
  const { sendQueuedMail } = await import('../app/send-queued-mail.ts');
  await sendQueuedMail(app);
  const sums = await sumCorrection(app, done.correction);
  const { newsletter, date } = wish.issue;
  const issue = `${newsletter}/${date}`;
  const { story, correction, isMade, gone } = done;
  const letters = done.readers.length;
  if (flags.json) {
    const { id, text, madeAt } = correction;
    const said = { story: story.id, headline: story.headline, text, madeAt };
    printJson({ issue, correction: id, ...said, isMade, letters, gone, ...sums });
  } else {
    if (isMade && letters === 0)
      print(
        `This correction was made on ${correction.madeAt.slice(0, 10)}. Nobody was mailed again.`,
      );
    print(describeSums(`${issue}, “${story.headline}”`, sums));
  }
  if (gone > 0) tell(`${describeCount(gone, 'reader')} had it and may not be mailed any more.`);
  if (done.waiting > 0)
    tell(
      `${describeCount(done.waiting, 'reader')} still to get the issue as it is: run this command again when they have it, or end it with: daybrief cancel ${issue}`,
    );
  return sums.failed + sums.unknown + sums.waiting > 0 ? 5 : 0;
}
