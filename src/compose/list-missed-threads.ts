import { listIssueStories, type IssueDocument } from '../domain/issue.ts';
import type { DigestLine, IssueDigest } from '../domain/issue-digest.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Preferences } from '../domain/preferences.ts';
import { isMuted } from './mute-stories.ts';

const LEAST_MISSED = 3;
const MOST_LINES = 5;

/** A thread a reader missed, as it was told last. */
export interface CatchUpLine {
  readonly thread: string;
  readonly headline: string;
  readonly url: string | null;
  readonly date: LocalDate;
}

/**
 * The biggest threads of at least three issues a reader missed, at most five: one line each, the biggest first. Empty for who
 * missed less or never received any, and without what today's issue tells itself.
 */
export function listMissedThreads(
  document: IssueDocument,
  reader: { readonly lastReceived: LocalDate | null; readonly preferences: Preferences },
  history: readonly IssueDigest[],
): readonly CatchUpLine[] {
  const { lastReceived, preferences } = reader;
  if (lastReceived === null) return [];
  const missed = history.filter(({ date }) => date > lastReceived && date < document.date);
  if (missed.length < LEAST_MISSED) return [];
  const today = listIssueStories(document);
  const isToday = ({ thread, headline }: DigestLine): boolean =>
    today.some((story) => story.thread === thread || story.headline === headline);
  const byThread = new Map<string, { line: CatchUpLine; size: number }>();
  for (const { date, lines } of missed.toSorted((a, b) => a.date.localeCompare(b.date)))
    for (const told of lines) {
      if (isMuted(told, preferences) || isToday(told)) continue;
      const { thread, headline, url } = told;
      const isFollowed = preferences.topics.includes(told.theme ?? '');
      const size = (byThread.get(thread)?.size ?? 0) + told.score * (isFollowed ? 2 : 1);
      byThread.set(thread, { line: { thread, headline, url, date }, size });
    }
  return [...byThread.values()]
    .sort((a, b) => b.size - a.size || (a.line.thread < b.line.thread ? -1 : 1))
    .slice(0, MOST_LINES)
    .map(({ line }) => line);
}
