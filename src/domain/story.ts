/** The articles about one event. Every article of a newsletter's morning is in exactly one story. */
export interface Story {
  readonly id: string;
  /** Article keys, the lead first. */
  readonly articles: readonly string[];
  /** Key of the article that stands for the story. */
  readonly lead: string;
  /** Reports that are not copies of each other, one per outlet at most. */
  readonly independent: number;
  /** Words the articles share that set the story apart, best first, at most eight. */
  readonly keywords: readonly string[];
}

/** A story with the theme and the score that decide its place in an issue. */
export interface RankedStory extends Story {
  /** Theme slug, or null when no theme was clear enough. */
  readonly theme: string | null;
  /** 0 to 1: how sure the theme is. */
  readonly confidence: number;
  readonly score: number;
  /** The terms of the score by name; they sum to it. */
  readonly terms: Readonly<Record<string, number>>;
}
