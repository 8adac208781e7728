import type { StoryOverride } from '../domain/edit.ts';
import type { IssueStory } from '../domain/issue.ts';
import type { Place } from './print-story.ts';

/** The story with the editor's own words where there are some and its place has room for them. */
export function rewriteStory(
  story: IssueStory,
  override: StoryOverride | undefined,
  place: Place,
): IssueStory {
  const headline = override?.headline ?? null;
  const summary = place.mostWords > 0 ? (override?.summary ?? null) : null;
  if (headline === null && summary === null) return story;
  return {
    ...story,
    headline: headline ?? story.headline,
    summary: summary ?? story.summary,
    isRewritten: true,
  };
}
