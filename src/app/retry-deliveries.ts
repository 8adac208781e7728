import { BriefingError } from '../domain/briefing-error.ts';
import { addTime, MINUTE } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findIssue } from '../store/issues.ts';
import { sumDeliveries } from '../store/ledger.ts';
import { requeueDeliveries, settleUnknown } from '../store/requeue.ts';
import type { App } from './app.ts';
import { refuseRestored } from './restored-store.ts';
import { sendDeliveries } from './send-deliveries.ts';
import type { SendOptions, SendRun } from './sending.ts';

/** Which mails a person wants sent again, and how many of them were confirmed. */
interface RetryWish {
  readonly newsletter: Newsletter;
  readonly issue: Issue;
  readonly which: 'failed' | 'unknown';
  readonly confirmed: number;
}

/** How many mails a retry would send again. Changes nothing. */
export async function planRetry(app: App, wish: Omit<RetryWish, 'confirmed'>): Promise<number> {
  return (await sumDeliveries(app.store, wish.issue.id))[wish.which];
}

/**
 * Sends the failed or doubtful mails of an issue again, each with its old Message-ID and bytes, as one more attempt.
 * Throws BriefingError `conflict` when there are more than were confirmed, or when the issue is not one that was sent.
 */
export async function retryDeliveries(
  app: App,
  wish: RetryWish,
  options: SendOptions,
): Promise<SendRun> {
  const { newsletter, issue, which } = wish;
  await refuseRestored(app);
  if (issue.state !== 'sending' && issue.state !== 'finished') {
    throw new BriefingError(
      'conflict',
      `The issue ${issue.newsletter}/${issue.date} is ${issue.state}, so nothing of it is sent again.`,
    );
  }
  const count = await planRetry(app, wish);
  if (count > wish.confirmed) {
    throw new BriefingError(
      'conflict',
      `${count} mails are ${which} by now and ${wish.confirmed} were confirmed. Look again and confirm with --confirm ${count}.`,
    );
  }
  const now = app.now();
  const deadline = addTime(now, newsletter.deadlineMinutes * MINUTE);
  await requeueDeliveries(app.store, issue.id, { state: which, now, deadline });
  app.log.warn('deliveries.requeued', { issue: issue.id, which, count });
  const current = (await findIssue(app.store, issue)) ?? issue;
  return await sendDeliveries(app, { newsletter, issue: current }, options);
}

/** Counts the doubtful mails of an issue as sent, because a person says so; returns how many. */
export async function leaveUnknown(app: App, issue: Issue): Promise<number> {
  const reason = 'a person left it as sent';
  const count = await settleUnknown(app.store, issue.id, { reason, now: app.now() });
  app.log.warn('deliveries.left', { issue: issue.id, count });
  return count;
}
