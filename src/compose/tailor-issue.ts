import { createHash } from 'node:crypto';
import { listIssueStories, type IssueDocument } from '../domain/issue.ts';
import type { IssueDigest } from '../domain/issue-digest.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { PartOfDay } from '../domain/part-of-day.ts';
import type { Preferences } from '../domain/preferences.ts';
import { countStoryWords } from './count-issue-words.ts';
import { WORDS_PER_MINUTE } from './count-minutes.ts';
import { countWords } from './count-words.ts';
import { fitBudget } from './fit-budget.ts';
import { listMissedThreads, type CatchUpLine } from './list-missed-threads.ts';
import { markSinceRead } from './mark-since-read.ts';
import { muteStories } from './mute-stories.ts';

/** All that a reader's issue depends on. Readers with an equal reading get the same; who they are is not in it. */
export interface Reading {
  /** BCP 47 language of the furniture around the stories. */
  readonly language: string;
  readonly look: string;
  readonly preferences: Preferences;
  /** True when the issue's date lies before the reader's. */
  readonly isOlder: boolean;
  /** What they are greeted by; null greets nobody. */
  readonly partOfDay: PartOfDay | null;
  /** Date of the last issue they received; null for none ever, left out where it is not known. */
  readonly lastReceived?: LocalDate | null;
}

/** What one reader gets. Readers with an equal `variant` of one issue share one rendering. */
export interface TailoredIssue extends Pick<
  Reading,
  'language' | 'look' | 'isOlder' | 'partOfDay'
> {
  readonly document: IssueDocument;
  /** The biggest threads of a pause, before today's sections. */
  readonly catchUp: readonly CatchUpLine[];
  /** A hash of every decision that was made. */
  readonly variant: string;
}

/**
 * An issue as one reader is to see it: without what they muted, with what they follow first, what changed since they last
 * received one, and never longer than they read; the top story is always in. `history` are the issues before it.
 */
export function tailorIssue(
  document: IssueDocument,
  reading: Reading,
  history: readonly IssueDigest[],
): TailoredIssue {
  const { language, look, isOlder, partOfDay, preferences, lastReceived } = reading;
  const wanted = followTopics(muteStories(document, preferences), preferences);
  const since = lastReceived === undefined ? wanted : markSinceRead(wanted, lastReceived, history);
  const missed = listMissedThreads(
    since,
    { ...reading, lastReceived: lastReceived ?? null },
    history,
  );
  const fitted = fitReading({ document: since, catchUp: missed }, preferences);
  const tailored = { language, look, isOlder, partOfDay, ...fitted };
  return { ...tailored, variant: hashDecisions(tailored) };
}

/** Followed sections first, in the order the newsletter has them. */
function followTopics(document: IssueDocument, { topics }: Preferences): IssueDocument {
  const isFollowed = ({ theme }: { theme: string }): boolean => topics.includes(theme);
  const first = document.sections.filter(isFollowed);
  if (first.length === 0) return document;
  const others = document.sections.filter((section) => !isFollowed(section));
  return { ...document, sections: [...first, ...others] };
}

type Fitted = Pick<TailoredIssue, 'document' | 'catchUp'>;

/** The lines of a pause come out of the same budget; they give way to the top story alone. */
function fitReading({ document, catchUp }: Fitted, preferences: Preferences): Fitted {
  const { minutes, topics } = preferences;
  if (minutes === null) return { document, catchUp };
  const room = minutes * WORDS_PER_MINUTE - (document.lead ? countStoryWords(document.lead) : 0);
  const lines = catchUp.filter((_, place) => countLines(catchUp.slice(0, place + 1)) <= room);
  const kept = listIssueStories(document).filter(({ theme }) => topics.includes(theme ?? ''));
  const rest = minutes - countLines(lines) / WORDS_PER_MINUTE;
  const fitted = fitBudget(document, rest, new Set(kept.map(({ id }) => id)));
  return { document: fitted.document, catchUp: lines };
}

function countLines(lines: readonly CatchUpLine[]): number {
  return lines.reduce((sum, { headline }) => sum + countWords(headline), 0);
}

/** What the rendering depends on, beside the frozen document: everything tailoring may have changed in it. */
function hashDecisions(tailored: Omit<TailoredIssue, 'variant'>): string {
  const { document, ...others } = tailored;
  const { dayInALine, openingNote, numberOfTheDay, quoteOfTheDay, counts, sections } = document;
  const extras = [dayInALine, openingNote, numberOfTheDay, quoteOfTheDay].map(Boolean);
  const stories = listIssueStories(document).map(({ id, marks, whatChanged, changedBefore }) => [
    id,
    marks,
    whatChanged !== null,
    changedBefore ?? [],
  ]);
  const places = [document.lead !== null, ...sections.map((s) => [s.theme, s.stories.length])];
  const decisions = JSON.stringify([others, extras, stories, places, counts]);
  return createHash('sha256').update(decisions).digest('hex').slice(0, 32);
}
