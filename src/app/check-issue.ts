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

/** One result of the preflight: what is so, and what to do about it. */
export interface Finding {
  readonly level: 'blocker' | 'warning' | 'passed';
  readonly check: string;
  readonly message: string;
  readonly fix: string;
}

type Check = readonly [check: string, blocker: string | null, warning: string | null, fix: string];

const LARGE = 90_000;
const CLIPPED = 100_000;
const STALE = 24 * HOUR;

/** Preflight: everything that would embarrass this issue in an inbox, blockers first. */
export async function checkIssue(
  app: App,
  newsletter: Newsletter,
  issue: Issue,
): Promise<readonly Finding[]> {
  const press = await openPress(app, newsletter, issue);
  const reader = inventReader(newsletter, 'reader@example.org', app.now());
  const { subject, html, text } = readMessage(writeMessage(press, reader, '<check@localhost>'));
  const checks: readonly Check[] = [
    checkStories(issue, newsletter),
    checkSize(Buffer.byteLength(html)),
    checkSubject(subject),
    checkRendering(html, text),
    await checkReach(app, newsletter),
    checkTransport(app),
    checkPostalAddress(newsletter),
    await checkLook(app, newsletter),
    await checkRepeats(app, issue),
    await checkEdits(app, issue),
    await checkStaleFeeds(app, newsletter),
  ];
  return checks.map(toFinding).sort((a, b) => ORDER[a.level] - ORDER[b.level]);
}

const ORDER = { blocker: 0, warning: 1, passed: 2 };

function toFinding([check, blocker, warning, fix]: Check): Finding {
  const level = blocker ? 'blocker' : warning ? 'warning' : 'passed';
  return { level, check, message: blocker ?? warning ?? '', fix: level === 'passed' ? '' : fix };
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

function checkSize(bytes: number): Check {
  const size = `The HTML has ${Math.round(bytes / 1_000)} KB`;
  return [
    'size',
    bytes > CLIPPED ? `${size}; Gmail clips mails near 102 KB.` : null,
    bytes > LARGE ? `${size}; Gmail clips mails near 102 KB.` : null,
    'Lower the caps of the themes or shorten the template.',
  ];
}

function checkSubject(subject: string): Check {
  const length = [...subject].length;
  return [
    'subject',
    length === 0 ? 'The subject is empty.' : null,
    length < 28 || length > 60
      ? `The subject has ${length} characters; phones show 28 to 48.`
      : null,
    'Rewrite the headline of the lead.',
  ];
}

function checkRendering(html: string, text: string): Check {
  const isUnresolved = /\{\{|\[object |undefined<|>undefined/.test(html);
  return [
    'rendering',
    isUnresolved
      ? 'A template value was not filled in.'
      : text.trim() === ''
        ? 'The text part is empty.'
        : null,
    null,
    'Look at it with "daybrief preview" and mend the template.',
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
  const isMissing = app.settings.smtpUrl.reveal() === '';
  return [
    'mail server',
    isMissing ? 'No mail server is set.' : null,
    null,
    'Set DAYBRIEF_SMTP_URL in .env.',
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
