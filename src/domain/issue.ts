import type { Instant } from './instant.ts';
import type { ArticleImage } from './article.ts';
import type { LocalDate } from './local-time.ts';
import type { IssueKind, Mailbox } from './newsletter.ts';

export type IssueState =
  'draft' | 'frozen' | 'sending' | 'paused' | 'finished' | 'cancelled' | 'skipped';

export type StoryMark = 'new' | 'update' | 'single-source';

/** One article of a story as the reader sees it: who reported, where. */
export interface Source {
  readonly outlet: string;
  readonly title: string;
  /** Null for a wire text or note that has no page. */
  readonly url: string | null;
}

/** Figures that outlets give for the same thing and that cannot all be right. */
export interface Difference {
  /** Words that follow the first figure: "dead" after "at least 14"; '' when none are needed. */
  readonly about: string;
  /** At least two, as worded by the outlets. */
  readonly figures: readonly { readonly figure: string; readonly outlet: string }[];
}

/** A text of a story that a language model may write anew. */
export type RewordableField = 'headline' | 'summary' | 'whyItMatters';

/** A story as printed. Every sentence comes from its articles; a field with nothing true to say is null. */
export interface IssueStory {
  readonly id: string;
  readonly headline: string;
  readonly summary: string;
  readonly whyItMatters: string | null;
  readonly whatNext: string | null;
  readonly whatChanged: string | null;
  readonly reportsDiffer: Difference | null;
  /** One per outlet, the lead's first. */
  readonly sources: readonly Source[];
  readonly independent: number;
  readonly marks: readonly StoryMark[];
  readonly image: (ArticleImage & { readonly credit: string }) | null;
  readonly publishedAt: Instant;
  /** Keys of every article behind it, the lead first. */
  readonly articles: readonly string[];
  readonly theme: string | null;
  readonly score: number;
  /** Left out where every word is the sources' own; true where an editor wrote the headline or the summary. */
  readonly isRewritten?: true;
  /** True where a language model said that its reports are about one event; left out where words did. */
  readonly joinedByModel?: true;
  /** The texts a language model wrote; left out when every sentence is its sources' own. */
  readonly writtenByModel?: readonly RewordableField[];
  /** The thread it belongs to; null or left out in issues made before there were threads. */
  readonly thread?: string | null;
  /** What changed in issues that a reader missed, oldest first; only in an issue tailored to them. */
  readonly changedBefore?: readonly EarlierChange[];
}

/** A sentence that an earlier issue told. */
interface EarlierChange {
  readonly date: LocalDate;
  readonly text: string;
}

/** What an editor says before the stories. */
export interface OpeningNote {
  /** Key of the note. */
  readonly article: string;
  readonly text: string;
  readonly author: string;
}

/** A theme with its stories inside one issue. */
interface Section {
  readonly theme: string;
  readonly name: string;
  readonly stories: readonly IssueStory[];
}

export interface NumberOfTheDay {
  readonly figure: string;
  readonly sentence: string;
  readonly source: Source;
}

/** Why a story is not in an issue. */
export type CutReason =
  | 'language'
  | 'excluded-word'
  | 'sponsored'
  | 'live-blog'
  | 'no-headline'
  | 'told-before'
  | 'dropped'
  | 'outlet-cap'
  | 'section-cap'
  | 'word-budget'
  | 'below-cut';

/** Where a story stands in an issue, or why it does not. Kept beside the document, never part of it. */
export interface StoryDecision {
  /** Id of the story, or the key of an article that was left out before stories were made. */
  readonly story: string;
  readonly articles: readonly string[];
  readonly headline: string;
  readonly place: 'lead' | 'section' | 'in-brief' | 'cut';
  readonly theme: string | null;
  readonly score: number;
  /** The terms of the score by name; they sum to it. */
  readonly terms: Readonly<Record<string, number>>;
  /** Null for a story that is printed. */
  readonly reason: CutReason | null;
  /** What the reason is about: the word, the outlet, the date it was told, the most there may be; null for nothing. */
  readonly detail: string | null;
}

/** Somebody's own words. */
export interface QuoteOfTheDay {
  /** Without quotation marks. */
  readonly quote: string;
  /** As the source names them: "Mayor Petra Vane". */
  readonly speaker: string;
  readonly source: Source;
}

/** The content of an issue, complete in itself: what freezing stores and hashes. */
export interface IssueDocument {
  readonly version: 1;
  readonly newsletter: {
    readonly slug: string;
    readonly name: string;
    readonly language: string;
    readonly sender: Mailbox;
    readonly postalAddress: string;
  };
  readonly date: LocalDate;
  readonly kind: IssueKind;
  /** The most of the day in at most 30 words, from the stories' own sentences; null when none is short enough. */
  readonly dayInALine: string | null;
  /** Left out where the editor says nothing. */
  readonly openingNote?: OpeningNote | null;
  readonly lead: IssueStory | null;
  readonly sections: readonly Section[];
  readonly inBrief: readonly IssueStory[];
  /** At most one of number and quote is told. */
  readonly numberOfTheDay: NumberOfTheDay | null;
  readonly quoteOfTheDay: QuoteOfTheDay | null;
  readonly counts: {
    readonly stories: number;
    readonly outlets: number;
    readonly articles: number;
    readonly words: number;
    readonly minutes: number;
  };
  /** True when the day had clearly less than a usual issue's worth of stories. */
  readonly isQuiet: boolean;
}

/** One dated number of a newsletter. Unique by (newsletter, date, kind). */
export interface Issue {
  readonly id: string;
  readonly newsletter: string;
  readonly date: LocalDate;
  readonly kind: IssueKind;
  readonly state: IssueState;
  /** Why it was skipped, cancelled or paused; else null. */
  readonly reason: string | null;
  readonly document: IssueDocument;
  /** SHA-256 over document and templates once frozen; null for a draft. */
  readonly contentHash: string | null;
  readonly builtAt: Instant;
  readonly frozenAt: Instant | null;
  readonly finishedAt: Instant | null;
}

const ARROWS: Readonly<Record<IssueState, readonly IssueState[]>> = {
  draft: ['frozen', 'skipped'],
  frozen: ['sending', 'cancelled'],
  sending: ['paused', 'finished', 'cancelled'],
  paused: ['sending', 'cancelled'],
  // A person who sends failed or doubtful mails again opens a finished issue once more.
  finished: ['sending'],
  cancelled: [],
  skipped: ['draft'],
};

/** True when an issue may go from one state to another in one step. */
export function canIssueMove(from: IssueState, to: IssueState): boolean {
  return ARROWS[from].includes(to);
}

/** Every story of an issue in the order it is printed: lead, sections, in brief. */
export function listIssueStories(
  document: Pick<IssueDocument, 'lead' | 'sections' | 'inBrief'>,
): readonly IssueStory[] {
  const sections = document.sections.flatMap((section) => section.stories);
  return [...(document.lead ? [document.lead] : []), ...sections, ...document.inBrief];
}

/** How many stories of an issue have a text that a language model wrote. */
export function countModelStories(document: IssueDocument): number {
  return listIssueStories(document).filter((story) => story.writtenByModel?.length).length;
}
