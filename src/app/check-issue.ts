import { checkWording } from '../compose/check-wording.ts';
import { listFindings, type Check, type Finding } from '../domain/finding.ts';
import { checkEmail, type CheckedEmail } from '../render/check-email.ts';
import { checkSender } from './check-sender.ts';
import { readMessage } from '../domain/email.ts';
import { HOUR, timeBetween } from '../domain/instant.ts';
import { listIssueStories, type Issue } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { listFeeds } from '../store/feeds.ts';
import { listIssues } from '../store/issues.ts';
import { countReaders } from '../store/subscribers.ts';
import type { App } from './app.ts';
import { examineLook } from './load-template-kit.ts';
import { findKeptMorning } from './find-kept-morning.ts';
import { inventReader, openPress, writeMessage } from './write-message.ts';
import { describeCount } from '../domain/describe-count.ts';
import { describeIssueQuota } from '../domain/describe-quota.ts';
import { planQuota } from './plan-quota.ts';

const STALE = 24 * HOUR;

/** Preflight: everything that would embarrass this issue in an inbox, blockers first. */
export async function checkIssue(
  app: App,
  newsletter: Newsletter,
  issue: Issue,
): Promise<readonly Finding[]> {
  return listFindings(await listChecks(app, newsletter, issue));
}

/** The email of an issue as nobody in particular would get it, to be looked at. */
export async function writeCheckedEmail(
  app: App,
  newsletter: Newsletter,
  issue: Issue,
): Promise<CheckedEmail> {
  const press = await openPress(app, newsletter, issue);
  const reader = inventReader(newsletter, 'reader@example.org', app.now());
  const message = writeMessage(press, reader, '<check@localhost>');
  return { document: issue.document, email: message.email, seen: readMessage(message) };
}

/** Every check of the preflight, each with what came of it. */
export async function listChecks(
  app: App,
  newsletter: Newsletter,
  issue: Issue,
): Promise<readonly Check[]> {
  const checked = await writeCheckedEmail(app, newsletter, issue);
  return [
    checkStories(issue, newsletter),
    ...checkEmail(checked),
    checkWording(checked.seen.subject, newsletter.language),
    checkSender(app, newsletter),
    await checkReach(app, newsletter),
    checkTransport(app),
    await checkLimits(app, newsletter),
    checkPostalAddress(newsletter),
    await checkLook(app, newsletter),
    await checkRepeats(app, issue),
    await checkEdits(app, issue),
    await checkStaleFeeds(app, newsletter),
  ];
}

function checkStories(issue: Issue, newsletter: Newsletter): Check {
  const { stories } = issue.document.counts;
  const isShort = stories < newsletter.minimumStories;
  return [
    'stories',
    isShort ? `It has ${stories} of at least ${newsletter.minimumStories} stories.` : null,
    issue.document.isQuiet ? `A quiet day: ${describeCount(stories, 'story')}.` : null,
    'Gather more with: daybrief gather',
  ];
}

async function checkReach(app: App, newsletter: Newsletter): Promise<Check> {
  const { active } = await countReaders(app.store, newsletter.slug);
  const isOwnOnly = app.settings.publicUrl === '' && active > app.settings.ownAddresses.length;
  return [
    'readers',
    null,
    active === 0
      ? 'Nobody is subscribed.'
      : isOwnOnly
        ? 'No public address is set, so only your own addresses are mailed; the others are skipped.'
        : null,
    active === 0
      ? 'Add readers with: daybrief subscribers add ADDRESS --consent TEXT'
      : 'Set DAYBRIEF_PUBLIC_URL, or list yours in DAYBRIEF_OWN_ADDRESSES.',
  ];
}

function checkTransport(app: App): Check {
  const isMissing = app.settings.mail.transports.length === 0;
  return [
    'mail server',
    isMissing ? 'No mail server is set.' : null,
    null,
    'Set DAYBRIEF_SMTP_URL in .env.',
  ];
}

/** What the limits of the mail servers leave for later must be no surprise. */
async function checkLimits(app: App, newsletter: Newsletter): Promise<Check> {
  const { active } = await countReaders(app.store, newsletter.slug);
  const plan = await planQuota(app, active);
  return [
    'limits',
    null,
    plan && plan.today < active ? describeIssueQuota(plan, active) : null,
    'Raise smtp_quota or warm_up when your mail server takes more.',
  ];
}

function checkPostalAddress(newsletter: Newsletter): Check {
  const isMissing = newsletter.postalAddress.trim() === '';
  return [
    'postal address',
    null,
    isMissing
      ? 'The footer has no postal address, which the law of many countries asks for.'
      : null,
    'Set postal_address in daybrief.yaml and run: daybrief config apply',
  ];
}

async function checkLook(app: App, newsletter: Newsletter): Promise<Check> {
  const [fault] = await examineLook(app, newsletter);
  return [
    'contrast',
    fault ? `The colours are too faint to read: ${fault}.` : null,
    null,
    'Choose a stronger colour under design in daybrief.yaml and run: daybrief config apply',
  ];
}

async function checkRepeats(app: App, issue: Issue): Promise<Check> {
  const earlier = (await listIssues(app.store, issue.newsletter)).find(
    (other) => other.date < issue.date && other.contentHash !== null,
  );
  const told = new Set(
    earlier ? listIssueStories(earlier.document).map((story) => story.headline) : [],
  );
  const repeated = listIssueStories(issue.document).filter((story) => told.has(story.headline));
  return [
    'repeats',
    null,
    repeated[0]
      ? `${describeCount(repeated.length, 'headline')} stood in the issue before, first: "${repeated[0].headline}".`
      : null,
    'Look at them before sending.',
  ];
}

async function checkEdits(app: App, issue: Issue): Promise<Check> {
  const [first, ...others] = (await findKeptMorning(app, issue))?.made.conflicts ?? [];
  const more = others.length > 0 ? ` ${others.length} more like it.` : '';
  return [
    'edits',
    null,
    first ? `Edit ${first.edit} was not done as asked: ${first.reason}${more}` : null,
    `See them with: daybrief edit ${issue.date}`,
  ];
}

async function checkStaleFeeds(app: App, newsletter: Newsletter): Promise<Check> {
  const feeds = await listFeeds(app.store, newsletter.slug);
  const stale = feeds.filter(({ polling }) => {
    const seen = polling.lastFetchedAt;
    return (
      polling.failures > 0 ||
      polling.state === 'retired' ||
      !seen ||
      timeBetween(seen, app.now()) > STALE
    );
  });
  return [
    'feeds',
    null,
    stale.length > 0
      ? `${stale.length} of ${describeCount(feeds.length, 'feed')} gave nothing new lately.`
      : null,
    'See which with: daybrief feeds list',
  ];
}
