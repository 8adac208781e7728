import type { LocalDate, LocalTime } from './local-time.ts';

/** A mail to a reader that is not an issue. Texts of ours are in the catalogues, those of an issue are data. */
export type Letter =
  | {
      readonly kind: 'confirmation';
      /** The page that asks once more, by POST. */ readonly confirmUrl: string;
    }
  | { readonly kind: 'welcome'; readonly sendTime: LocalTime; readonly latest: LatestIssue | null }
  | { readonly kind: 'goodbye' }
  | {
      readonly kind: 'correction';
      readonly date: LocalDate;
      /** The headline as the reader got it. */
      readonly headline: string;
      /** What is right, in the editor's words. */
      readonly text: string;
    };

/** What a new reader may read until their first issue comes. */
interface LatestIssue {
  readonly date: LocalDate;
  readonly headline: string;
  readonly summary: string;
  /** The page of the issue; null where there is none. */
  readonly url: string | null;
}
