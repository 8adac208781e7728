import { BriefingError } from '../domain/briefing-error.ts';
import type { Issue, IssueState } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { isAudienceComplete, releaseDeliveries } from '../store/audience.ts';
import { findIssue, moveIssue } from '../store/issues.ts';
import { sumDeliveries } from '../store/ledger.ts';
import { countReaders } from '../store/subscribers.ts';
import type { App } from './app.ts';
import { freezeIssue, planSendNow } from './freeze-issue.ts';
import { sendDeliveries } from './send-deliveries.ts';
import type { SendOptions, SendRun } from './sending.ts';

/** What a manual send is asked to confirm: `audience` rows would be (or are) in the ledger, `waiting` of them unsent. */
export interface PlannedSend {
  readonly state: IssueState;
  readonly audience: number;
  readonly waiting: number;
}

/** How many a manual send would mail now. Changes nothing. */
export async function planSend(app: App, issue: Issue): Promise<PlannedSend> {
  const { state } = issue;
  const isUncounted = state === 'frozen' && !(await isAudienceComplete(app.store, issue.id));
  if (state === 'draft' || isUncounted) {
    const { active } = await countReaders(app.store, issue.newsletter);
    return { state, audience: active, waiting: active };
  }
  const { audience, waiting } = await sumDeliveries(app.store, issue.id);
  return { state, audience, waiting };
}

/**
 * Sends an issue by hand, without waiting for its slot: freezes it if it is a draft, and hands over whatever waits.
 * An issue that is finished sends nothing. Throws BriefingError `conflict` when more would be mailed than were confirmed.
 */
export async function sendIssue(
  app: App,
  target: { newsletter: Newsletter; issue: Issue; confirmed: number },
  options: SendOptions,
): Promise<SendRun> {
  const { newsletter, issue } = target;
  refuseUnsendable(issue);
  const planned = await planSend(app, issue);
  if (planned.waiting > target.confirmed) {
    throw new BriefingError(
      'conflict',
      `The audience grew: ${planned.waiting} would be mailed and ${target.confirmed} were confirmed. Look again and confirm with --confirm ${planned.waiting}.`,
    );
  }
  if (issue.state === 'finished') {
    return { sums: await sumDeliveries(app.store, issue.id), sentNow: 0, problem: null };
  }
  const frozen = await freezeIssue(app, { newsletter, issue }, planSendNow(newsletter, app.now()));
  await startSending(app, { newsletter, issue: frozen });
  return await sendDeliveries(app, { newsletter, issue: frozen }, options);
}

async function startSending(
  app: App,
  target: { newsletter: Newsletter; issue: Issue },
): Promise<void> {
  const now = app.now();
  const { deadline } = planSendNow(target.newsletter, now);
  await releaseDeliveries(app.store, target.issue.id, { now, deadline });
  await moveIssue(app.store, target.issue.id, { from: 'frozen', to: 'sending' });
  const issue = await findIssue(app.store, target.issue);
  if (issue) refuseUnsendable(issue);
}

function refuseUnsendable(issue: Issue): void {
  const name = `${issue.newsletter}/${issue.date}`;
  if (issue.state === 'skipped') {
    throw new BriefingError(
      'conflict',
      `The issue ${name} was skipped (${issue.reason ?? 'no reason kept'}). Build it again with: daybrief build --date ${issue.date}`,
      { exitCode: 4 },
    );
  }
  if (issue.state === 'cancelled' || issue.state === 'paused') {
    throw new BriefingError(
      'conflict',
      `The issue ${name} is ${issue.state}${issue.reason ? ` (${issue.reason})` : ''}, so it is not sent.`,
    );
  }
}
