import type { Background } from '../cluster/compile-background.ts';
import type { Lexicon } from '../cluster/compile-lexicon.ts';
import type { MeaningShare } from '../cluster/merge-by-meaning.ts';
import type { Edit } from '../domain/edit.ts';
import type { Instant } from '../domain/instant.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Story } from '../domain/story.ts';
import type { ThemeLesson } from '../domain/theme-lesson.ts';
import type { ToldStory } from '../domain/thread.ts';
import type { GuardedCandidate } from '../store/articles.ts';
import type { ModelShare } from './replay-model.ts';

/** All that a morning is made from, as data: the same inputs make the same issue, today or in a year. */
export interface MorningInputs {
  readonly newsletter: Newsletter;
  readonly date: LocalDate;
  /** When gathering ended. */
  readonly cutOff: Instant;
  /** All that the newsletter's feeds brought, wanted or not. */
  readonly articles: readonly GuardedCandidate[];
  /** The stories as they stood before: who takes most of one over keeps its id. */
  readonly known: readonly Pick<Story, 'id' | 'articles'>[];
  /** What the issues of the last two weeks told, oldest first. */
  readonly told: readonly ToldStory[];
  readonly background: Background;
  readonly lexicon: Lexicon;
  /** What the editor's earlier moves teach. */
  readonly lessons: readonly ThemeLesson[];
  /** The editor's log, all of it. */
  readonly edits: readonly Edit[];
  /** What a model knew of the stories' meaning; left out or null where none was asked. */
  readonly meaning?: MeaningShare | null;
  /** What a model had to do with its texts; left out or null where none had. */
  readonly modelShare?: ModelShare | null;
}
