import { describeCount } from '../domain/describe-count.ts';
import { describeIssueQuota } from '../domain/describe-quota.ts';
import { addTime, DAY, MINUTE, type Instant } from '../domain/instant.ts';
import { listIssueStories, type Issue } from '../domain/issue.ts';
import { addDays, localDateAt, localTimeAt } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Notice } from '../domain/notice.ts';
import { planMorning } from '../domain/schedule.ts';
import { listIssuesSince } from '../store/issues.ts';
import { sumDeliveries } from '../store/ledger.ts';
import { listNewsletters } from '../store/newsletters.ts';
import { countReaders } from '../store/subscribers.ts';
import type { App } from './app.ts';
import { isHeld } from './pause-send.ts';
import { planQuota } from './plan-quota.ts';
import { queueNotice } from './queue-mail.ts';

const DAYS_BACK = 2;
const PROOF_AHEAD = 30 * MINUTE;

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
  const proof = await findProof(app, newsletter, issue);
  if (proof)
    await queueNotice(app, newsletter, { purpose: 'proof', about: issue.id, notice: proof });
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

/** The proof of a draft whose freeze is near; null while it is not, and when somebody holds it already. */
async function findProof(app: App, newsletter: Newsletter, issue: Issue): Promise<Notice | null> {
  const morning = planMorning(newsletter, issue.date);
  const now = app.now();
  const isNear =
    morning !== null && now >= addTime(morning.freeze, -PROOF_AHEAD) && now < morning.freeze;
  if (issue.state !== 'draft' || !isNear || (await isHeld(app, issue))) return null;
  const { active } = await countReaders(app.store, newsletter.slug);
  const limits = await planQuota(app, active);
  const name = `${issue.newsletter}/${issue.date}`;
  const at = (instant: Instant): string => localTimeAt(newsletter.zone, instant);
  const stories = listIssueStories(issue.document).map(({ headline }) => headline);
  return {
    subject: `Proof of ${newsletter.name}, ${issue.date}: ${stories[0] ?? ''}`,
    heading: `Frozen at ${at(morning.freeze)}, sent at ${at(morning.slot)} to ${describeCount(active, 'reader')}`,
    paragraphs: [
      ...(limits && limits.today < active ? [describeIssueQuota(limits, active)] : []),
      `${describeCount(stories.length, 'story')}:`,
      ...stories,
    ],
    commands: [
      {
        about: 'Hold it; it is not sent until you let it go on:',
        command: `daybrief pause ${name}`,
      },
      { about: 'Let it go on:', command: `daybrief resume ${name}` },
      { about: 'Look at it as readers get it:', command: 'daybrief preview' },
      { about: 'Change it:', command: `daybrief edit ${name}` },
    ],
  };
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
