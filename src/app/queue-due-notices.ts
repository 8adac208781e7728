import { addTime, DAY } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import { addDays, localDateAt } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Notice } from '../domain/notice.ts';
import { listIssuesSince } from '../store/issues.ts';
import { sumDeliveries } from '../store/ledger.ts';
import { listNewsletters } from '../store/newsletters.ts';
import type { App } from './app.ts';
import { queueNotice } from './queue-mail.ts';
import { queueProof } from './queue-proof.ts';

const DAYS_BACK = 2;

/**
 * Queues what the people who make a newsletter are told, by what the store says now: a proof half an hour before the freeze, a report of
 * a finished issue, an alert of one that was paused by itself or missed. Each is queued once, however often this runs.
 */
export async function queueDueNotices(app: App): Promise<void> {
  for (const newsletter of await listNewsletters(app.store)) {
    const since = addDays(localDateAt(newsletter.zone, app.now()), -DAYS_BACK);
    for (const issue of await listIssuesSince(app.store, newsletter.slug, since))
      await queueIssueNotices(app, newsletter, issue);
  }
}

/** Tells editors and owner that something of a morning could not be done, once per date. */
export async function queueFailureAlert(
  app: App,
  newsletter: Newsletter,
  failure: { readonly date: string; readonly why: string },
): Promise<void> {
  const name = `${newsletter.slug}/${failure.date}`;
  const notice = {
    subject: `${newsletter.name}: the issue of ${failure.date} is in trouble`,
    heading: 'Something needs you',
    paragraphs: [failure.why, 'daybrief tries again every minute until the deadline.'],
    commands: [{ about: 'See what is in the way:', command: `daybrief check ${name}` }],
  };
  const about = `${name} failed`;
  await queueNotice(app, newsletter, { purpose: 'alert', about, notice, isForOwner: true });
}

async function queueIssueNotices(app: App, newsletter: Newsletter, issue: Issue): Promise<void> {
  await queueProof(app, newsletter, issue);
  const yesterday = addTime(app.now(), -DAY);
  if (issue.state === 'finished' && issue.finishedAt !== null && issue.finishedAt > yesterday) {
    const about = `${issue.id} ${issue.finishedAt}`;
    const notice = await composeReport(app, newsletter, issue);
    await queueNotice(app, newsletter, { purpose: 'report', about, notice });
  }
  const alert = composeAlert(newsletter, issue);
  if (!alert) return;
  const about = `${issue.id} ${issue.state} ${issue.reason ?? ''}`;
  await queueNotice(app, newsletter, { purpose: 'alert', about, notice: alert, isForOwner: true });
}

async function composeReport(app: App, newsletter: Newsletter, issue: Issue): Promise<Notice> {
  const { audience, sent, failed, skipped, unknown } = await sumDeliveries(app.store, issue.id);
  const name = `${issue.newsletter}/${issue.date}`;
  const doubts = {
    about: 'Who may or may not have it:',
    command: `daybrief ledger ${name} --state unknown`,
  };
  const failures = {
    about: 'Who did not get it, and why:',
    command: `daybrief ledger ${name} --state failed`,
  };
  return {
    subject: `${newsletter.name}, ${issue.date}: ${sent} of ${audience} sent`,
    heading: 'The issue is finished',
    paragraphs: [
      `Audience ${audience} = ${sent} sent + ${failed} failed + ${skipped} skipped + ${unknown} unknown.`,
    ],
    commands: [...(unknown > 0 ? [doubts] : []), ...(failed > 0 ? [failures] : [])],
  };
}

/** What befell an issue without anybody's hand; null when nothing did. */
function composeAlert(newsletter: Newsletter, issue: Issue): Notice | null {
  const reason = issue.reason ?? '';
  const name = `${issue.newsletter}/${issue.date}`;
  if (/ by hand$/.test(reason)) return null;
  if (issue.state === 'paused')
    return {
      subject: `${newsletter.name}, ${issue.date}: the send is paused`,
      heading: 'The send paused itself',
      paragraphs: [`The reason: ${reason}.`, 'Nobody else is mailed until you let it go on.'],
      commands: [
        { about: 'How it stands:', command: `daybrief status ${name}` },
        { about: 'Let it go on:', command: `daybrief resume ${name}` },
        { about: 'End it for good:', command: `daybrief cancel ${name}` },
      ],
    };
  const isMissed =
    (issue.state === 'skipped' || issue.state === 'cancelled') && /^missed/.test(reason);
  if (!isMissed) return null;
  return {
    subject: `${newsletter.name}, ${issue.date}: not sent`,
    heading: 'The issue was not sent',
    paragraphs: [`The reason: ${reason}.`],
    commands: [{ about: 'Look at the setup:', command: 'daybrief doctor' }],
  };
}
