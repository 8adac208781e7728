import type { Instant } from './instant.ts';
import type { LocalDate } from './local-time.ts';

/** Keys of the articles a story had when an editor named it, the lead first: what holds on when stories are made anew. */
export type StoryArticles = readonly string[];

/** What an editor asks of a morning. Every target is a set of articles, because stories come and go. */
export type EditCommand =
  | {
      readonly kind: 'pin';
      readonly articles: StoryArticles;
      /** True makes it the big one; else it stands first where it stands. */
      readonly isFirst: boolean;
      /** Slug of the theme it is pinned to; null leaves it where it is. */
      readonly theme: string | null;
    }
  | { readonly kind: 'drop'; readonly articles: StoryArticles }
  | { readonly kind: 'move'; readonly articles: StoryArticles; readonly theme: string }
  | { readonly kind: 'merge'; readonly stories: readonly StoryArticles[] }
  /** These articles leave their story and are one of their own. */
  | { readonly kind: 'split'; readonly articles: StoryArticles }
  | {
      readonly kind: 'rewrite';
      readonly articles: StoryArticles;
      /** The editor's own words; null leaves what the sources say. */
      readonly headline: string | null;
      readonly summary: string | null;
    }
  | { readonly kind: 'undo'; readonly edit: number };

/** One line of the log of a newsletter's date. Lines are only ever added. */
export interface Edit {
  /** 1 for the first of its newsletter and date. */
  readonly number: number;
  readonly at: Instant;
  readonly who: string;
  /** What it was about, in the words of that moment: the log still says so when the stories are gone. */
  readonly about: string;
  readonly command: EditCommand;
}

/** What an editor's log belongs to. */
export interface EditLogKey {
  readonly newsletter: string;
  readonly date: LocalDate;
}

/** What the edits that hold make of one story, beside its articles. */
export interface StoryOverride {
  readonly isDropped: boolean;
  /** The big one, first in its section, or where its score puts it. */
  readonly pin: 'lead' | 'section' | null;
  readonly theme: string | null;
  readonly headline: string | null;
  readonly summary: string | null;
  /** Numbers of the edits that touched it. */
  readonly edits: readonly number[];
}

/** An edit that holds and yet does nothing, or not all it was meant to; the reason is a sentence. */
export interface EditConflict {
  readonly edit: number;
  readonly reason: string;
}

/** The edits that hold: neither undone nor an undo. An undo that is itself undone does not count, so undoing it does again what it undid. */
export function listActiveEdits(edits: readonly Edit[]): readonly Edit[] {
  const undone = listUndone(edits);
  return edits.filter(({ number, command }) => command.kind !== 'undo' && !undone.has(number));
}

/** Numbers of the edits, undoings among them, that a later one took back. */
export function listUndone(edits: readonly Edit[]): ReadonlySet<number> {
  const undone = new Set<number>();
  for (const { number, command } of edits.toReversed())
    if (command.kind === 'undo' && !undone.has(number)) undone.add(command.edit);
  return undone;
}
