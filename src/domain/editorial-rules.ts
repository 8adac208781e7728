/** What an editor wants of every issue of a newsletter. */
export interface EditorialRules {
  /** An article whose title contains one of these words is left out. */
  readonly excludedWords: readonly string[];
  /** Languages of the articles that are wanted; empty means the newsletter's own. */
  readonly languages: readonly string[];
  /** Lower-case words and phrases with what a story that names one gains or loses. */
  readonly interests: Readonly<Record<string, number>>;
  /** Most minutes an issue takes to read. */
  readonly minutes: number;
  /** Most stories of one outlet that nobody else reports. */
  readonly outletCap: number;
}

export const USUAL_RULES: EditorialRules = {
  excludedWords: [],
  languages: [],
  interests: {},
  minutes: 4,
  outletCap: 5,
};
