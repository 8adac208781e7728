import { muteStories } from '../compose/mute-stories.ts';
import { listIssueStories, type IssueDocument } from '../domain/issue.ts';
import type { Preferences } from '../domain/preferences.ts';

/** Why an issue has nothing for a reader, in words, or null when it has something. */
export function judgeReading(document: IssueDocument, preferences: Preferences): string | null {
  if (preferences.mutedThemes.length + preferences.mutedThreads.length === 0) return null;
  const left = listIssueStories(muteStories(document, preferences));
  return left.length > 0 ? null : 'nothing to read: they muted all that is in it';
}
