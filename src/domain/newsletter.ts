import type { EditorialRules } from './editorial-rules.ts';
import type { LocalTime, Weekday } from './local-time.ts';

/** How often a newsletter appears; one issue per (newsletter, date, kind). */
export type IssueKind = 'daily' | 'weekly' | 'extra';

/** What happens to an issue whose deadline passed unsent: `skip` drops it, `roll` keeps its stories for the next issue. */
type MissedRunPolicy = 'skip' | 'roll';

/** A subject a newsletter covers. Inside an issue a theme with its stories is a section. */
export interface Theme {
  readonly slug: string;
  readonly name: string;
  /** Lower-case words or phrases that mark an article as this theme's, added to the shipped lexicon's words for the same slug. */
  readonly words: readonly string[];
  /** Most stories the section may hold. */
  readonly cap: number;
  /** How much its stories count, 1 is ordinary; left out where it is. */
  readonly weight?: number;
}

/** A named sender: `address` is one addr-spec (RFC 5322). */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** A picture in the masthead instead of the name. */
export interface Logo {
  /** Starts with https. */
  readonly url: string;
  /** Pixels. */
  readonly width: number;
  readonly alt: string;
}

/** What a newsletter changes about its look. */
export interface Design {
  /** What is replaced, by its name in the look's file: colours as #rrggbb, fonts as CSS writes them. */
  readonly values: Readonly<Record<string, string>>;
  readonly logo: Logo | null;
  /** False when a number of the day is told without its bars. */
  readonly charts: boolean;
}

/** A publication: who sends it, what it covers, and when it goes out. */
export interface Newsletter {
  readonly slug: string;
  readonly name: string;
  /** BCP 47 language; articles in another one are left out. */
  readonly language: string;
  readonly sender: Mailbox;
  /** IANA zone in which sendTime and the issue date are read. */
  readonly zone: string;
  readonly sendTime: LocalTime;
  readonly weekdays: readonly Weekday[];
  readonly kind: IssueKind;
  /** Minutes after the send time until which a late issue is still sent. */
  readonly deadlineMinutes: number;
  readonly missedRun: MissedRunPolicy;
  readonly look: string;
  /** Left out when the look is taken as it is. */
  readonly design?: Design;
  /** Below this many stories nothing is sent and the day is skipped. */
  readonly minimumStories: number;
  /** Postal address printed in the footer; empty when there is none. */
  readonly postalAddress: string;
  readonly themes: readonly Theme[];
  /** Slug of the theme whose section takes stories with no clear theme; null leaves them to "In brief". */
  readonly defaultTheme: string | null;
  /** Left out where the editor asks for nothing unusual: USUAL_RULES. */
  readonly rules?: EditorialRules;
  /** False where issues have no pictures; left out where they may. */
  readonly hasImages?: boolean;
  /** Addresses that get proofs and reports, and whose own copies go out first. */
  readonly editors: readonly string[];
  /** Whose clock says when a reader's mail leaves: the newsletter's, or each reader's own. */
  readonly readerTime: 'newsletter' | 'own';
  /** Dates without an issue: `2026-12-24`, or `12-25` for every year. */
  readonly holidays: readonly string[];
  /** True while the scheduler must not send this newsletter. */
  readonly isPaused: boolean;
}
