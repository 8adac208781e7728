/** An editor's move of a story from one theme's section to another, with the words of the story. */
export interface ThemeLesson {
  readonly title: string;
  readonly summary: string;
  /** BCP 47 primary language, or null when it could not be told. */
  readonly language: string | null;
  /** Slug of the theme it left; null when it had none. */
  readonly from: string | null;
  readonly to: string;
}
