import { listIssueStories, type IssueDocument } from '../domain/issue.ts';
import type { IssueDigest } from '../domain/issue-digest.ts';

/** What later issues need to know of this one. */
export function digestIssue(document: IssueDocument): IssueDigest {
  return {
    date: document.date,
    lines: listIssueStories(document).map((story) => ({
      thread: story.thread ?? story.id,
      headline: story.headline,
      whatChanged: story.whatChanged,
      url: story.sources.find(({ url }) => url !== null)?.url ?? null,
      theme: story.theme,
      score: story.score,
    })),
  };
}
