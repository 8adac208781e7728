import type { Instant } from '../domain/instant.ts';

export interface Person {
  readonly name: string | null;
  readonly email: string | null;
}

export interface Enclosure {
  readonly url: string;
  readonly type: string | null;
  /** Bytes, as the feed says. */
  readonly length: number | null;
}

/** One item as the feed wrote it; `title` and `summary` are plain text, links are absolute. */
export interface Entry {
  readonly id: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly publishedAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly summary: string | null;
  readonly summaryHtml: string | null;
  readonly contentHtml: string | null;
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  readonly image: string | null;
  readonly comments: string | null;
  readonly language: string | null;
  /** The publication an aggregator took the entry from, where it says so. */
  readonly source: { readonly title: string | null; readonly url: string | null } | null;
}

/** A feed document in one shape, whatever its format; what it does not say is null. */
export interface ParsedFeed {
  /** `rss2.0`, `rss0.91`, `rss1.0`, `atom1.0`, `atom0.3`, `json1.1` and so on. */
  readonly format: string;
  readonly encoding: string;
  readonly title: string | null;
  /** The web page the feed belongs to. */
  readonly url: string | null;
  readonly description: string | null;
  readonly language: string | null;
  readonly id: string | null;
  readonly updatedAt: Instant | null;
  readonly publishedAt: Instant | null;
  readonly authors: readonly Person[];
  readonly image: string | null;
  /** The feed's own address, as it says. */
  readonly self: string | null;
  readonly entries: readonly Entry[];
}

/** What a format's own mapping yields: titles and summaries still HTML, before they are made plain. */
export type FeedDraft = Omit<ParsedFeed, 'encoding' | 'entries'> & {
  readonly entries: readonly EntryDraft[];
};
export type EntryDraft = Omit<Entry, 'summary'>;

export interface Unreadable {
  /** One sentence for people. */
  readonly error: string;
  /** Feed addresses the document links to, when it is a web page. */
  readonly alternates: readonly string[];
}
