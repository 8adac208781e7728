import type { CutReason } from '../domain/issue.ts';
import type { RankedStory } from '../domain/story.ts';

/** Why a story is not printed. */
export interface Cut {
  readonly reason: CutReason;
  /** What the reason is about; null for nothing. */
  readonly detail: string | null;
}

/** What the arrangement asks about a story. */
export interface Judgement {
  /** Key of the outlet that stands for the story. */
  readonly outletOf: (story: RankedStory) => string;
  /** Whether there is more to print of it than a headline. */
  readonly canSummarize: (story: RankedStory) => boolean;
  /** Most stories that only one outlet has, of each outlet. */
  readonly outletCap: number;
  /** Whether an editor wants it first in its section. */
  readonly isPinned: (story: RankedStory) => boolean;
  /** Whether an editor wants it to be the big one. */
  readonly isFirst: (story: RankedStory) => boolean;
}
