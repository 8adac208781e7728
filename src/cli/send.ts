import type { Command } from 'commander';
import type { App } from '../app/app.ts';
import type { PlannedSend } from '../app/send-issue.ts';
import { describeCount } from '../domain/describe-count.ts';
import type { LedgerSums } from '../domain/delivery.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Issue } from '../domain/issue.ts';
import type { QuotaPlan } from '../domain/send-quota.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { act, parseCount, withApp, type GlobalFlags } from './command-context.ts';
import { askYes, print, printJson, startProgress, tell } from './terminal.ts';

interface SendFlags {
  readonly confirm?: string;
  readonly dryRun?: boolean;
}

/** `daybrief send`: the manual send. */
export function addSendCommand(program: Command): void {
  program
    .command('send <issue>')
    .description('send an issue by hand, now; running it again never mails anybody twice')
    .option('--confirm <number>', 'yes, to this many readers (asked for otherwise)')
    .option('--dry-run', 'only say what would be sent')
    .action(act(send));
}

async function send(flags: GlobalFlags & SendFlags, name: string): Promise<number> {
  return await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { planSend } = await import('../app/send-issue.ts');
    const target = await findNamedIssue(app, name, flags.newsletter);
    const planned = await planSend(app, target.issue);
    if (flags.dryRun) return await showPlan(app, { ...target, planned }, flags);
    const { planQuota } = await import('../app/plan-quota.ts');
    const quota = await planQuota(app, planned.waiting);
    if (quota && planned.waiting > 0) tell(describeQuota(quota));
    const confirmed = await confirm(planned, flags);
    return await sendNow(app, { ...target, confirmed }, flags);
  });
}

/** A dry run is the preflight plus the count; it writes nothing and sends nothing. */
async function showPlan(
  app: App,
  plan: { newsletter: Newsletter; issue: Issue; planned: PlannedSend },
  flags: GlobalFlags,
): Promise<number> {
  const { checkIssue } = await import('../app/check-issue.ts');
  const { planQuota } = await import('../app/plan-quota.ts');
  const { issue, planned } = plan;
  const quota = await planQuota(app, planned.waiting);
  const findings = await checkIssue(app, plan.newsletter, issue);
  const blockers = findings.filter((finding) => finding.level === 'blocker');
  const name = `${issue.newsletter}/${issue.date}`;
  if (flags.json) printJson({ issue: name, isDryRun: true, ...planned, quota, blockers });
  else {
    print(
      `${name} is ${planned.state}. ${planned.waiting} of ${planned.audience} readers would be mailed now. Nothing was sent.`,
    );
    if (quota) print(describeQuota(quota));
    for (const { message, fix } of blockers) print(`✗ blocker: ${message} ${fix}`);
  }
  return blockers.length > 0 ? 3 : 0;
}

/** What exceeds the mail server's limits is said before anything is sent. */
function describeQuota({ now, today, lastAt }: QuotaPlan): string {
  return `Within the mail server's limits ${now} can go at once and ${today} within 24 hours; the last one about ${lastAt.slice(0, 16).replace('T', ' ')} UTC. What has to wait is sent by "daybrief run", or by this command again later.`;
}

async function confirm(planned: PlannedSend, flags: GlobalFlags & SendFlags): Promise<number> {
  if (flags.confirm !== undefined) return parseCount(flags.confirm, '--confirm');
  if (planned.waiting === 0) return 0;
  if (await askYes(`Send it now to ${describeCount(planned.waiting, 'reader')}?`, flags))
    return planned.waiting;
  throw new BriefingError(
    'invalid',
    `Nothing was sent: ${describeCount(planned.waiting, 'reader')} would be mailed, and that needs a yes. Confirm with --confirm ${planned.waiting}.`,
  );
}

async function sendNow(
  app: App,
  target: { newsletter: Newsletter; issue: Issue; confirmed: number },
  flags: GlobalFlags,
): Promise<number> {
  const { openMail } = await import('../app/open-mail.ts');
  const { sendIssue } = await import('../app/send-issue.ts');
  const mail = await openMail(app);
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  process.once('SIGINT', leave).once('SIGTERM', leave);
  const progress = startProgress('sending', target.confirmed);
  try {
    const run = await sendIssue(app, target, {
      openTransport: mail.openTransport,
      askedBy: 'manual',
      onProgress: progress.show,
      signal: leaving.signal,
    });
    progress.end();
    return report(
      {
        name: `${target.issue.newsletter}/${target.issue.date}`,
        ...run,
        isStopped: leaving.signal.aborted,
      },
      flags,
    );
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    await mail.close();
  }
}

function report(
  run: {
    name: string;
    sums: LedgerSums;
    sentNow: number;
    problem: string | null;
    isStopped: boolean;
  },
  flags: GlobalFlags,
): number {
  const { sums } = run;
  if (flags.json)
    printJson({ issue: run.name, ...sums, sentNow: run.sentNow, problem: run.problem });
  else {
    if (run.sentNow === 0 && sums.waiting === 0)
      print('Everybody who gets this issue has it already. Nobody was mailed a second time.');
    print(describeSums(run.name, sums));
  }
  if (run.isStopped) {
    tell(
      `Stopped. ${describeCount(sums.waiting, 'reader')} still to mail; the same command goes on where this one stopped.`,
    );
    return 130;
  }
  if (run.problem) {
    tell(
      `daybrief: ${run.problem} ${describeCount(sums.waiting, 'reader')} still to mail; mend it and run the same command again.`,
    );
    return 1;
  }
  if (sums.unknown > 0)
    tell(
      `${sums.unknown} may or may not have it: see them with: daybrief ledger ${run.name} --state unknown`,
    );
  if (sums.waiting > 0)
    tell(
      `${sums.waiting} wait for another try: "daybrief run" makes it, or this command again later.`,
    );
  return sums.failed + sums.unknown + sums.waiting > 0 ? 5 : 0;
}

/** One line whose numbers add up. */
export function describeSums(name: string, sums: LedgerSums): string {
  const { audience, sent, failed, skipped, unknown, waiting } = sums;
  return `${name}: audience ${audience} = ${sent} sent + ${failed} failed + ${skipped} skipped + ${unknown} unknown + ${waiting} waiting`;
}
