import type { LedgerSums } from '../domain/delivery.ts';
import type { Instant } from '../domain/instant.ts';
import type { Issue, IssueState } from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';
import { findNextMorning } from '../domain/schedule.ts';
import { listFeeds } from '../store/feeds.ts';
import { findIssue, listIssues } from '../store/issues.ts';
import { findNextDue, sumDeliveries } from '../store/ledger.ts';
import { listNewsletters } from '../store/newsletters.ts';
import { findSendFacts } from '../store/sends.ts';
import { countReaders } from '../store/subscribers.ts';
import type { App } from './app.ts';

/** What happens next with one newsletter, when, and to how many. */
export interface NewsletterStatus {
  readonly newsletter: string;
  readonly name: string;
  readonly zone: string;
  readonly isPaused: boolean;
  readonly nextSend: Instant | null;
  readonly nextDate: LocalDate | null;
  readonly nextIssueState: IssueState | null;
  readonly readers: number;
  readonly feeds: number;
  readonly failingFeeds: number;
  readonly lastIssue: {
    readonly date: LocalDate;
    readonly state: IssueState;
    readonly sums: LedgerSums;
  } | null;
}

/** The state of one issue's sending. */
export interface IssueStatus extends LedgerSums {
  readonly issue: string;
  readonly state: IssueState;
  readonly reason: string | null;
  readonly stories: number;
  readonly contentHash: string | null;
  readonly nextDue: Instant | null;
  /** Why a person holds an issue that is not being sent yet; null when nobody does. */
  readonly held: string | null;
  /** Nothing leaves before it; null when there is no hold, or it is over. */
  readonly holdUntil: Instant | null;
}

/** What happens next, for every newsletter. */
export async function readStatus(app: App): Promise<readonly NewsletterStatus[]> {
  const statuses: NewsletterStatus[] = [];
  for (const newsletter of await listNewsletters(app.store)) {
    const morning = newsletter.isPaused ? null : findNextMorning(newsletter, app.now());
    const key = { newsletter: newsletter.slug, kind: newsletter.kind };
    const next = morning ? await findIssue(app.store, { ...key, date: morning.date }) : null;
    const last = (await listIssues(app.store, newsletter.slug)).find(
      (issue) => issue.state !== 'draft',
    );
    const feeds = await listFeeds(app.store, newsletter.slug);
    statuses.push({
      newsletter: newsletter.slug,
      name: newsletter.name,
      zone: newsletter.zone,
      isPaused: newsletter.isPaused,
      nextSend: morning?.slot ?? null,
      nextDate: morning?.date ?? null,
      nextIssueState: next?.state ?? null,
      readers: (await countReaders(app.store, newsletter.slug)).active,
      feeds: feeds.length,
      failingFeeds: feeds.filter((feed) => feed.polling.failures > 0).length,
      lastIssue: last
        ? { date: last.date, state: last.state, sums: await sumDeliveries(app.store, last.id) }
        : null,
    });
  }
  return statuses;
}

/** Every issue with its state and its numbers, newest first. */
export async function readIssueStatuses(
  app: App,
  newsletter?: string,
): Promise<readonly IssueStatus[]> {
  const statuses: IssueStatus[] = [];
  for (const issue of await listIssues(app.store, newsletter))
    statuses.push(await describeIssue(app, issue));
  return statuses;
}

/** How one issue stands now, whatever was known of it before. */
export async function readIssueStatus(app: App, issue: Issue): Promise<IssueStatus> {
  return await describeIssue(app, (await findIssue(app.store, issue)) ?? issue);
}

async function describeIssue(app: App, issue: Issue): Promise<IssueStatus> {
  const { held, holdUntil } = await findSendFacts(app.store, issue.id);
  const isOnHold = issue.state === 'sending' && holdUntil !== null && holdUntil > app.now();
  const isOpen = issue.state === 'draft' || issue.state === 'frozen';
  return {
    issue: `${issue.newsletter}/${issue.date}`,
    state: issue.state,
    reason: issue.reason,
    stories: issue.document.counts.stories,
    contentHash: issue.contentHash,
    nextDue: await findNextDue(app.store, issue.id),
    held: isOpen ? held : null,
    holdUntil: isOnHold ? holdUntil : null,
    ...(await sumDeliveries(app.store, issue.id)),
  };
}
