import { BriefingError } from '../domain/briefing-error.ts';
import type { Instant } from '../domain/instant.ts';
import type { Issue, IssueState } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { countNewReaders, isAudienceComplete, reopenAudience } from '../store/audience.ts';
import { findIssue, moveIssue } from '../store/issues.ts';
import { sumDeliveries } from '../store/ledger.ts';
import { beginSend, findSendFacts, releaseRows } from '../store/sends.ts';
import { countReaders } from '../store/subscribers.ts';
import type { App } from './app.ts';
import { freezeIssue } from './freeze-issue.ts';
import { planOwnTimes, planSendNow } from './plan-readers.ts';
import { refuseRestored } from './restored-store.ts';
import { sendDeliveries } from './send-deliveries.ts';
import type { SendOptions, SendRun } from './sending.ts';
import { waitForHold } from './wait-for-hold.ts';
import { waitForLeases } from './wait-for-leases.ts';

/** What a manual send is asked to confirm: `audience` rows would be (or are) in the ledger, `waiting` of them unsent. */
export interface PlannedSend {
  readonly state: IssueState;
  readonly audience: number;
  readonly waiting: number;
}

/** How an issue is to be sent by hand. */
export interface SendWish {
  readonly newsletter: Newsletter;
  readonly issue: Issue;
  /** So many mails were confirmed; more are refused. */
  readonly confirmed: number;
  /** Nothing leaves before it, and until then the send can be pulled back; left out: at once. */
  readonly holdUntil?: Instant;
  /** Every reader at their own next slot instead of now. */
  readonly isLocalTime?: boolean;
  /** Also who subscribed since the audience was complete; who has the issue is never sent it again. */
  readonly isOnlyUnsent?: boolean;
}

/** How many a manual send would mail now. Changes nothing. */
export async function planSend(
  app: App,
  issue: Issue,
  wish: Pick<SendWish, 'isOnlyUnsent'> = {},
): Promise<PlannedSend> {
  const { state } = issue;
  const isUncounted = state === 'frozen' && !(await isAudienceComplete(app.store, issue.id));
  if (state === 'draft' || isUncounted) {
    const { active } = await countReaders(app.store, issue.newsletter);
    return { state, audience: active, waiting: active };
  }
  const { audience, waiting } = await sumDeliveries(app.store, issue.id);
  const added = wish.isOnlyUnsent ? await countNewReaders(app.store, issue) : 0;
  return { state, audience: audience + added, waiting: waiting + added };
}

/**
 * Sends an issue by hand, without waiting for its slot: freezes it if it is a draft, waits out the hold, and hands over whatever waits.
 * An issue that is finished sends nothing. Throws BriefingError `conflict` when more would be mailed than were confirmed,
 * when a person holds, paused or cancelled it, and when the draft is not the one given.
 */
export async function sendIssue(app: App, wish: SendWish, options: SendOptions): Promise<SendRun> {
  const { newsletter, issue } = wish;
  await startSend(app, wish);
  await waitForHold(app, issue, options);
  return await sendAll(app, { newsletter, issue: await reread(app, issue) }, options);
}

/** Sends what waits, and then what a killed predecessor held. */
async function sendAll(
  app: App,
  target: Pick<SendWish, 'newsletter' | 'issue'>,
  options: SendOptions,
): Promise<SendRun> {
  let run = await sendDeliveries(app, target, options);
  while (isUnfinished(run) && (await waitForLeases(app, target.issue, options))) {
    const { sentNow } = run;
    const onProgress = (sent: number): void => options.onProgress?.(sentNow + sent);
    const more = await sendDeliveries(app, target, { ...options, onProgress });
    run = { ...more, sentNow: sentNow + more.sentNow };
  }
  return run;
}

function isUnfinished({ state, problem, sums }: SendRun): boolean {
  return state === 'sending' && problem === null && sums.waiting > 0;
}

/** The first half of sendIssue: writes down that the issue is to be sent, and when; whoever runs the sender does the rest. */
export async function startSend(app: App, wish: SendWish): Promise<void> {
  const { newsletter, issue } = wish;
  await refuseRestored(app);
  await refuseUnsendable(app, issue);
  const planned = await planSend(app, issue, wish);
  if (planned.waiting > wish.confirmed) {
    throw new BriefingError(
      'conflict',
      `The audience grew: ${planned.waiting} would be mailed and ${wish.confirmed} were confirmed. Look again and confirm with --confirm ${planned.waiting}.`,
    );
  }
  if (wish.isOnlyUnsent && planned.waiting > 0) await reopen(app, issue);
  const now = app.now();
  const start = wish.holdUntil ?? now;
  const plan = wish.isLocalTime ? planOwnTimes(newsletter, start) : planSendNow(newsletter, start);
  const current = issue.state === 'draft' ? issue : await reread(app, issue);
  if (current.state === 'finished') return;
  const frozen = await freezeIssue(app, { newsletter, issue: current }, plan);
  const release = wish.isLocalTime ? {} : { releaseAt: start };
  const holdUntil = wish.holdUntil ?? null;
  const begin = { holdUntil, ...release, deadline: plan.deadline };
  if (await beginSend(app.store, frozen.id, begin)) return;
  if (!wish.isLocalTime && frozen.state === 'sending') await releaseRows(app.store, frozen.id, now);
  await refuseUnsendable(app, await reread(app, issue));
}

/** Readers who came since get a row too. */
async function reopen(app: App, issue: Issue): Promise<void> {
  await reopenAudience(app.store, issue.id);
  await moveIssue(app.store, issue.id, { from: 'finished', to: 'sending' });
}

async function reread(app: App, issue: Issue): Promise<Issue> {
  return (await findIssue(app.store, issue)) ?? issue;
}

async function refuseUnsendable(app: App, issue: Issue): Promise<void> {
  const name = `${issue.newsletter}/${issue.date}`;
  const why = issue.reason ? ` (${issue.reason})` : '';
  if (issue.state === 'skipped') {
    throw new BriefingError(
      'conflict',
      `The issue ${name} was skipped (${issue.reason ?? 'no reason kept'}). Build it again with: daybrief build --date ${issue.date}`,
      { exitCode: 4 },
    );
  }
  if (issue.state === 'cancelled')
    throw new BriefingError('conflict', `The issue ${name} is cancelled${why}, so it is not sent.`);
  const { held } = await findSendFacts(app.store, issue.id);
  const isHeld = held !== null && (issue.state === 'draft' || issue.state === 'frozen');
  if (issue.state !== 'paused' && !isHeld) return;
  throw new BriefingError(
    'conflict',
    `The issue ${name} is paused${held !== null ? ` (${held})` : why}, so it is not sent. Let it go on with: daybrief resume ${name}`,
  );
}
