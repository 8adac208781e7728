import type { LocalDate } from './local-time.ts';

/** One line of an earlier issue: enough to tell who missed it what it was. */
export interface DigestLine {
  /** Its thread; the id of the story where it has none. */
  readonly thread: string;
  readonly headline: string;
  /** The sentence that told what had changed; null when none did. */
  readonly whatChanged: string | null;
  readonly url: string | null;
  readonly theme: string | null;
  readonly score: number;
}

/** What an earlier issue told, kept with each later one so that a reader's mail can say what changed since they last read. */
export interface IssueDigest {
  readonly date: LocalDate;
  readonly lines: readonly DigestLine[];
}
