/** The reading times a reader can choose from, in minutes. */
export const READING_MINUTES = [2, 4, 8] as const;

/** What a reader wants of one newsletter; what is empty or null is as the newsletter has it. */
export interface Preferences {
  /** Slugs of the themes that come first and are cut last. */
  readonly topics: readonly string[];
  /** Slugs of the themes that are left out. */
  readonly mutedThemes: readonly string[];
  /** Threads that are left out. */
  readonly mutedThreads: readonly string[];
  /** Most minutes of reading. */
  readonly minutes: number | null;
  readonly look: string | null;
}

/** The newsletter as it is. */
export const NO_PREFERENCES: Preferences = {
  topics: [],
  mutedThemes: [],
  mutedThreads: [],
  minutes: null,
  look: null,
};
