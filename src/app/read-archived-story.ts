import type { Instant } from '../domain/instant.ts';
import { listIssueStories, type Issue, type IssueStory } from '../domain/issue.ts';
import { explainStory } from '../cluster/explain-story.ts';
import type { App } from './app.ts';
import { findKeptMorning } from './find-kept-morning.ts';
import { keepRecent } from './keep-recent.ts';

/** One report of a story, and what joined it to the others. */
export interface ArchivedReport {
  readonly outlet: string;
  readonly title: string;
  /** Null for a text that has no page. */
  readonly url: string | null;
  /** Null where what the issue was made from was not kept. */
  readonly publishedAt: Instant | null;
  /** The words it shares with the rest of the story, heaviest first. */
  readonly words: readonly string[];
  /** The outlet whose text it repeats nearly word for word; null for one of its own. */
  readonly copyOf: string | null;
}

const MOST_KEPT = 200;

/** A story of an issue by its id; null when the issue does not print it. */
export function findPrintedStory(issue: Issue, id: string): IssueStory | null {
  return listIssueStories(issue.document).find((story) => story.id === id) ?? null;
}

/** Every report of a printed story in the order they came out; where nothing was kept with the issue, its sources as printed. */
export async function listStoryReports(
  app: App,
  issue: Issue,
  story: IssueStory,
): Promise<readonly ArchivedReport[]> {
  const lists = kept.get(app) ?? new Map<string, readonly ArchivedReport[]>();
  kept.set(app, lists);
  const key = `${issue.contentHash} ${story.id}`;
  const known = issue.contentHash ? lists.get(key) : undefined;
  if (known) return known;
  const value = await explainReports(app, issue, story);
  if (issue.contentHash) keepRecent(lists, { key, value }, MOST_KEPT);
  return value;
}

// A frozen issue never changes, and telling what joined its articles takes a fifth of a second.
const kept = new WeakMap<App, Map<string, readonly ArchivedReport[]>>();

async function explainReports(
  app: App,
  issue: Issue,
  story: IssueStory,
): Promise<readonly ArchivedReport[]> {
  const morning = await findKeptMorning(app, issue);
  const articles = morning?.inputs.articles ?? [];
  const byKey = new Map(articles.map((article) => [article.key, article]));
  const reasons =
    morning && story.articles.length > 1
      ? explainStory(story.articles, articles, morning.inputs.background)
      : [];
  const reasonOf = new Map(reasons.map((reason) => [reason.article, reason]));
  const reports = story.articles.flatMap((key) => {
    const article = byKey.get(key);
    if (!article) return [];
    const { copyOf, words } = reasonOf.get(key) ?? { copyOf: null, words: [] };
    return {
      outlet: article.outlet.name,
      title: article.title,
      url: article.url,
      publishedAt: article.publishedAt,
      words: words.map(({ word }) => word),
      copyOf: copyOf && (byKey.get(copyOf)?.outlet.name ?? null),
    };
  });
  if (reports.length > 0)
    return reports.toSorted((a, b) => a.publishedAt.localeCompare(b.publishedAt));
  return story.sources.map((source) => ({
    ...source,
    publishedAt: null,
    words: [],
    copyOf: null,
  }));
}
