import type { Candidate } from '../domain/article.ts';
import type { StoryOverride } from '../domain/edit.ts';
import type { OpeningNote } from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { ThreadNews } from '../domain/thread.ts';

/** What an issue is composed for and from: `articles` has every article of the ranked stories by its key. */
export interface CompositionContext {
  readonly newsletter: Newsletter;
  readonly date: LocalDate;
  readonly articles: ReadonlyMap<string, Candidate>;
  /** What each story brings that was not told before, by story id; left out where there are no threads. */
  readonly news?: ReadonlyMap<string, ThreadNews>;
  /** What an editor wants otherwise, by story id. */
  readonly overrides?: ReadonlyMap<string, StoryOverride>;
  readonly openingNote?: OpeningNote | null;
}
