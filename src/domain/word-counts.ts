/** How many of so many articles of a language have a word stem. */
export interface WordCounts {
  readonly language: string;
  readonly articles: number;
  readonly stems: ReadonlyMap<string, number>;
}
