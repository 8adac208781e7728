import type { Instant } from './instant.ts';

/** The publisher of an article, whatever feed carried it. Key: registrable domain, or a name set by the owner. */
export interface Outlet {
  readonly key: string;
  readonly name: string;
}

export interface ArticleImage {
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string;
}

/** What an editor asks for in a note of their own. */
export interface EditorWish {
  /** Slug or name of the theme its story is to stand in; null leaves that to its words. */
  readonly theme: string | null;
  /** True puts its story first in its section. */
  readonly isPinned: boolean;
  /** True when its text opens the issue instead of being a story; left out where it is not. */
  readonly isOpening?: boolean;
}

/** A normalized entry, stored once. All texts are plain text: no markup, no entities, white space collapsed, NFC. */
export interface Article {
  /** Canonical URL, or `text:<sha256>` of outlet and normalized text for one that has no URL. */
  readonly key: string;
  readonly url: string | null;
  readonly title: string;
  /** At most a few sentences, as the feed gave them; may be empty. */
  readonly summary: string;
  /** The longest text we have, at most 20,000 characters; may be empty. */
  readonly text: string;
  readonly outlet: Outlet;
  /** BCP 47 primary language (`en`), or null when it could not be told. */
  readonly language: string | null;
  readonly publishedAt: Instant;
  /** True when the feed gave no usable date and the time of arrival stands in. */
  readonly isDateGuessed: boolean;
  readonly image: ArticleImage | null;
  /** The feed's own section names, trimmed. */
  readonly categories: readonly string[];
  /** Left out where nobody asked for anything. */
  readonly wish?: EditorWish;
}

/** An article as one newsletter sees it: with what its feeds say about it. */
export interface Candidate extends Article {
  /** Highest weight among the feeds that carried it. */
  readonly feedWeight: number;
  /** Best (lowest) place it held in a feed, 0 is the top. */
  readonly position: number;
  /** Theme slug its feed leans to; null for none. */
  readonly themeHint: string | null;
  /** True when nothing but its title and link may be printed; left out where more may. */
  readonly isHeadlineOnly?: boolean;
}
