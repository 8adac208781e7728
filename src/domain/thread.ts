import type { LocalDate } from './local-time.ts';

/** A story as a frozen issue told it: enough to know its thread again and to see what has changed since. */
export interface ToldStory {
  /** Key of the thread, within its newsletter. */
  readonly thread: string;
  /** The date of the issue. */
  readonly date: LocalDate;
  /** BCP 47 primary language of its articles, or null when it could not be told. */
  readonly language: string | null;
  readonly title: string;
  /** What its articles said, plain text, at most a few thousand characters. */
  readonly text: string;
}

/** The thread a story of today belongs to. */
export interface ThreadLink {
  readonly thread: string;
  /** What was told of it, oldest first; empty for the first story of a thread. */
  readonly told: readonly ToldStory[];
}

/** What a story brings beyond what its thread was told before. */
export interface ThreadNews {
  readonly thread: string;
  /** When its thread was told last; null for the first story of a thread. */
  readonly toldOn: LocalDate | null;
  /** True for the first story of a thread, once there are earlier issues to compare with. */
  readonly isNew: boolean;
  /** False when all of it was told before. */
  readonly hasNews: boolean;
  /** Today's sentences that carry what has changed, the surest first. */
  readonly sentences: readonly string[];
}

/** Something a story says that its thread was not told: a figure, a name, a new stage, or mostly other words (`said` is their share). */
export interface NewsReason {
  readonly kind: 'figure' | 'name' | 'stage' | 'words';
  readonly said: string;
}
