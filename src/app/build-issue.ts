import { createHash } from 'node:crypto';
import { BriefingError } from '../domain/briefing-error.ts';
import { addTime, DAY, HOUR, type Instant } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import { addDays, instantAt, type LocalDate } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { listUnpublishedArticles, type GuardedCandidate } from '../store/articles.ts';
import { findIssue, findLastFreeze, saveDraft, type IssueKey } from '../store/issues.ts';
import { listStories, saveStories } from '../store/stories.ts';
import type { App } from './app.ts';
import { loadLexicon } from './assign-themes.ts';
import { composeMorning } from './compose-morning.ts';
import { loadBackground } from './load-background.ts';

/** What a build came to. `isFresh` is false when the issue was frozen already and was only looked up. */
export interface BuiltIssue {
  readonly issue: Issue;
  readonly isFresh: boolean;
}

const USUAL_WINDOW = 36 * HOUR;
const LONGEST_WINDOW = 7 * DAY;

/**
 * Makes or refreshes the draft of a date from the articles no issue has printed yet.
 * A frozen issue is returned as it stands; too few stories make a skipped day with the reason.
 */
export async function buildIssue(
  app: App,
  newsletter: Newsletter,
  date: LocalDate,
): Promise<BuiltIssue> {
  const key: IssueKey = { newsletter: newsletter.slug, date, kind: newsletter.kind };
  const before = await findIssue(app.store, key);
  if (before && before.state !== 'draft' && before.state !== 'skipped') {
    return { issue: before, isFresh: false };
  }
  const window = await chooseWindow(app, newsletter, date);
  const candidates = await listCandidates(app, newsletter, window);
  const { document, clustered } = composeMorning({
    newsletter,
    date,
    cutOff: window.until,
    articles: candidates,
    known: await listStories(app.store, newsletter.slug),
    background: loadBackground(),
    lexicon: loadLexicon(),
    edits: [],
  });
  await saveStories(app.store, clustered, { newsletter: newsletter.slug, now: app.now() });
  const isEnough = document.counts.stories >= newsletter.minimumStories;
  const skipReason = isEnough ? null : describeShortage(document.counts.stories, newsletter);
  const issue = await saveDraft(app.store, key, {
    id: before?.id ?? nameIssue(key),
    document,
    now: app.now(),
    skipReason,
  });
  app.log.info('issue.built', {
    issue: issue.id,
    state: issue.state,
    stories: document.counts.stories,
  });
  return { issue, isFresh: true };
}

function describeShortage(stories: number, newsletter: Newsletter): string {
  const found =
    stories === 0 ? 'no story' : `only ${stories} of at least ${newsletter.minimumStories} stories`;
  return `quiet day: ${found} to publish`;
}

/** An issue's id: stable over rebuilds, so that Message-IDs made from it are too. */
function nameIssue(key: IssueKey): string {
  const hash = createHash('sha256').update(`${key.newsletter}/${key.date}/${key.kind}`);
  return `i-${hash.digest('hex').slice(0, 16)}`;
}

async function listCandidates(
  app: App,
  newsletter: Newsletter,
  window: { from: Instant; until: Instant },
): Promise<readonly GuardedCandidate[]> {
  const all = await listUnpublishedArticles(app.store, { newsletter: newsletter.slug, ...window });
  return all.filter((article) => isWelcome(article, newsletter));
}

/** Articles since the last issue was frozen, but of 36 hours at least and of a week at most, up to the end of the date. */
async function chooseWindow(
  app: App,
  newsletter: Newsletter,
  date: LocalDate,
): Promise<{ from: Instant; until: Instant }> {
  const endOfDate = instantAt(newsletter.zone, addDays(date, 1), '00:00');
  if (!endOfDate) {
    throw new BriefingError(
      'invalid',
      `The date ${date} did not exist in ${newsletter.zone}. Choose another date.`,
    );
  }
  const justAfterNow = addTime(app.now(), 1);
  const until = endOfDate < justAfterNow ? endOfDate : justAfterNow;
  const last = await findLastFreeze(app.store, newsletter.slug, date);
  const usual = addTime(until, -USUAL_WINDOW);
  const earliest = addTime(until, -LONGEST_WINDOW);
  const from = last && last < usual ? last : usual;
  return { from: from < earliest ? earliest : from, until };
}

function isWelcome(article: GuardedCandidate, newsletter: Newsletter): boolean {
  const title = article.title.toLowerCase();
  const isSpoken =
    article.language === null || isSameLanguage(article.language, newsletter.language);
  return isSpoken && !article.excludedWords.some((word) => title.includes(word.toLowerCase()));
}

function isSameLanguage(a: string, b: string): boolean {
  return a.split('-')[0]?.toLowerCase() === b.split('-')[0]?.toLowerCase();
}
