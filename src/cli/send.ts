import type { Command } from 'commander';
import type { App } from '../app/app.ts';
import type { PlannedSend, SendWish } from '../app/send-issue.ts';
import { describeIssueQuota } from '../domain/describe-quota.ts';
import { addTime, SECOND } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { act, parseCount, withApp, type GlobalFlags } from './command-context.ts';
import { confirmCount } from './confirm-count.ts';
import { runSend } from './run-send.ts';
import { showIssueStatus, watchIssue } from './status.ts';
import { print, printJson, tell } from './terminal.ts';

interface SendFlags {
  readonly confirm?: string;
  readonly hold?: string;
  readonly at?: string;
  readonly localTime?: boolean;
  readonly onlyUnsent?: boolean;
  readonly watch?: boolean;
  readonly dryRun?: boolean;
}

const USUAL_HOLD = 60;

/** `daybrief send`: the manual send. */
export function addSendCommand(program: Command): void {
  program
    .command('send <issue>')
    .description('send an issue by hand, now; running it again never mails anybody twice')
    .option('--confirm <number>', 'yes, to this many readers (asked for otherwise)')
    .option('--hold <seconds>', `wait so long before the first mail leaves (default ${USUAL_HOLD})`)
    .option('--at <time>', 'not now but at HH:MM in the newsletter’s zone, or at an ISO time')
    .option('--local-time', 'to every reader at their own next send time')
    .option('--only-unsent', 'also to readers who subscribed since; never to who has it')
    .option('--watch', 'stay and show how it stands until it is finished or paused')
    .option('--dry-run', 'only say what would be sent')
    .action(act(send));
}

async function send(flags: GlobalFlags & SendFlags, name: string): Promise<number> {
  return await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { planSend } = await import('../app/send-issue.ts');
    const target = await findNamedIssue(app, name, flags.newsletter);
    const wish = { isLocalTime: flags.localTime ?? false, isOnlyUnsent: flags.onlyUnsent ?? false };
    const planned = await planSend(app, target.issue, wish);
    if (flags.dryRun) return await showPlan(app, { ...target, planned }, flags);
    const { planQuota } = await import('../app/plan-quota.ts');
    const quota = await planQuota(app, planned.waiting);
    if (quota && planned.waiting > 0) tell(describeIssueQuota(quota, planned.waiting));
    const holdUntil = await chooseHold(app, target, flags);
    const ask = (readers: string) => `Send it now to ${readers}?`;
    const confirmed = await confirmCount(planned.waiting, ask, flags);
    const code = await sendAsWished(app, { ...target, ...wish, confirmed, ...holdUntil }, flags);
    return flags.watch && code !== 1 ? await watchIssue(app, target.issue, flags) : code;
  });
}

/** A send that begins later is only written down: whoever runs the sender does it. */
async function sendAsWished(
  app: App,
  wish: SendWish,
  flags: GlobalFlags & SendFlags,
): Promise<number> {
  const { sendIssue, startSend } = await import('../app/send-issue.ts');
  const { issue, confirmed: total } = wish;
  if (flags.at === undefined)
    return await runSend(app, { issue, total, send: (how) => sendIssue(app, wish, how) }, flags);
  await startSend(app, wish);
  const name = `${issue.newsletter}/${issue.date}`;
  tell(
    `It is sent at ${wish.holdUntil ?? ''} while "daybrief run" runs. Pull it back with: daybrief cancel ${name}`,
  );
  await showIssueStatus(app, issue, flags);
  return 0;
}

/** Until when a send can be pulled back: a fact of the issue, so an issue that is being sent already keeps its own. */
async function chooseHold(
  app: App,
  target: { newsletter: Newsletter; issue: Issue },
  flags: SendFlags,
): Promise<Pick<SendWish, 'holdUntil'>> {
  if (flags.at !== undefined) {
    const { findSendTime } = await import('../app/find-send-instant.ts');
    return { holdUntil: findSendTime(app, target.newsletter, flags.at) };
  }
  const seconds = flags.hold === undefined ? USUAL_HOLD : parseCount(flags.hold, '--hold');
  return seconds === 0 ? {} : { holdUntil: addTime(app.now(), seconds * SECOND) };
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
    if (quota) print(describeIssueQuota(quota, planned.waiting));
    for (const { message, fix } of blockers) print(`✗ blocker: ${message} ${fix}`);
  }
  return blockers.length > 0 ? 3 : 0;
}
