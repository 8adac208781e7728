/** One thing that is not as it was; `from` and `to` are as the document has them. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** A story that is not as it was. */
export interface StoryChange {
  readonly story: string;
  readonly headline: string;
  /** Where it stood: `the big one`, `World 2`, `in brief 3`; null when it was not there. */
  readonly from: string | null;
  readonly to: string | null;
  /** What else about it changed. */
  readonly fields: readonly FieldChange[];
}

/** What sets two issues apart; both lists are empty when nothing does. */
export interface IssueDifference {
  readonly stories: readonly StoryChange[];
  /** What changed of the issue around its stories, counts by `counts.words` and so on. */
  readonly issue: readonly FieldChange[];
}

/** True when two issues are the same. */
export function isSameIssue({ stories, issue }: IssueDifference): boolean {
  return stories.length === 0 && issue.length === 0;
}
