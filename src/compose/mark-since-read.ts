import type { IssueDocument, IssueStory } from '../domain/issue.ts';
import type { IssueDigest } from '../domain/issue-digest.ts';
import type { LocalDate } from '../domain/local-time.ts';
import { recountIssue } from './recount-issue.ts';

/** More than two steps of a thread are a history, not an update. */
const MOST_STEPS = 2;

/**
 * The issue with its marks and changes as they are for who received the issue of `lastReceived` last (null: none ever): a thread
 * told while they were away is new to them, one they knew tells also what changed meanwhile.
 */
export function markSinceRead(
  document: IssueDocument,
  lastReceived: LocalDate | null,
  history: readonly IssueDigest[],
): IssueDocument {
  const mark = (story: IssueStory): IssueStory => markStory(story, lastReceived, history);
  const marked = {
    lead: document.lead && mark(document.lead),
    sections: document.sections.map((section) => ({
      ...section,
      stories: section.stories.map(mark),
    })),
    inBrief: document.inBrief.map(mark),
  };
  return isSame(document, marked) ? document : recountIssue({ ...document, ...marked });
}

function markStory(
  story: IssueStory,
  lastReceived: LocalDate | null,
  history: readonly IssueDigest[],
): IssueStory {
  const told = history.flatMap(({ date, lines }) =>
    lines.filter(({ thread }) => thread === story.thread).map((line) => ({ ...line, date })),
  );
  const missed = told.filter(({ date }) => lastReceived === null || date > lastReceived);
  if (missed.length === 0) return story;
  if (missed.length === told.length) {
    const marks = story.marks.filter((mark) => mark !== 'update' && mark !== 'new');
    return {
      ...story,
      marks: lastReceived === null ? marks : ['new', ...marks],
      whatChanged: null,
    };
  }
  const changedBefore = missed
    .flatMap(({ date, whatChanged }) => (whatChanged ? [{ date, text: whatChanged }] : []))
    .slice(-MOST_STEPS);
  if (changedBefore.length === 0 || story.summary === '') return story;
  return { ...story, changedBefore };
}

function isSame(
  a: Pick<IssueDocument, 'lead' | 'sections' | 'inBrief'>,
  b: Pick<IssueDocument, 'lead' | 'sections' | 'inBrief'>,
): boolean {
  const list = ({ lead, sections, inBrief }: typeof a) => [
    lead,
    ...sections.flatMap(({ stories }) => stories),
    ...inBrief,
  ];
  const others = list(b);
  return list(a).every((story, place) => story === others[place]);
}
