import type { RewordableField } from './issue.ts';

/** One article of a story as a language model is shown it, and as its answer is held against. */
export interface SourceText {
  readonly outlet: string;
  readonly title: string;
  readonly text: string;
}

/** A story whose texts a language model is to write anew from its sources. */
export interface RewordingTask {
  /** Id of the story. */
  readonly story: string;
  /** BCP 47 language the texts are to be in. */
  readonly language: string;
  readonly fields: readonly RewordableField[];
  /** Most words of the summary. */
  readonly mostWords: number;
  /** The lead's first, at least one. */
  readonly sources: readonly SourceText[];
}

/** New texts of a story by field; a field with nothing to say is left out. */
export type Rewording = Readonly<Partial<Record<RewordableField, string>>>;
