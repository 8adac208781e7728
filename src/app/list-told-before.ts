import { listIssueStories, type Issue, type IssueStory } from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { App } from './app.ts';
import { listArchive, type ArchivePlace } from './read-archive.ts';

/** An earlier story about the same matter. */
export interface ToldBefore {
  readonly date: LocalDate;
  readonly id: string;
  readonly headline: string;
}

const MOST_TOLD = 10;

/** What the thirty issues before told of a story, the newest first. */
export async function listToldBefore(
  app: App,
  place: ArchivePlace,
  { issue, story }: { readonly issue: Issue; readonly story: IssueStory },
): Promise<readonly ToldBefore[]> {
  const { issues } = await listArchive(app, place, issue.date);
  const told = issues.flatMap(({ date, document }) =>
    listIssueStories(document)
      .filter((earlier) => isSameMatter(earlier, story))
      .map(({ id, headline }) => ({ date, id, headline })),
  );
  return told.slice(0, MOST_TOLD);
}

function isSameMatter(earlier: IssueStory, story: IssueStory): boolean {
  return earlier.id === story.id || (!!story.thread && earlier.thread === story.thread);
}
