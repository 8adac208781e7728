import { listIssueStories, type IssueDocument, type IssueStory } from '../domain/issue.ts';
import { countIssueWords, countStoryWords } from './count-issue-words.ts';
import { WORDS_PER_MINUTE } from './count-minutes.ts';
import { recountIssue } from './recount-issue.ts';

/** An issue cut to a reading time, and the ids of the stories that had to go, weakest first. */
export interface FittedIssue {
  readonly document: IssueDocument;
  readonly dropped: readonly string[];
}

/**
 * Cuts an issue to so many minutes of reading: the weakest stories go first, in brief or not; the top story always stays, and what
 * the editor says as long as it can. `kept` are ids of stories that go last. An issue that fits is returned as it is.
 */
export function fitBudget(
  document: IssueDocument,
  minutes: number,
  kept: ReadonlySet<string> = new Set(),
): FittedIssue {
  const mostWords = minutes * WORDS_PER_MINUTE;
  let words = countIssueWords(document);
  const dropped: string[] = [];
  for (const story of words > mostWords ? listWeakestFirst(document, kept) : []) {
    if (words <= mostWords) break;
    dropped.push(story.id);
    words -= countStoryWords(story);
  }
  let fitted = dropped.length > 0 ? removeStories(document, new Set(dropped)) : document;
  for (const extra of ['numberOfTheDay', 'quoteOfTheDay', 'dayInALine', 'openingNote'] as const)
    if (countIssueWords(fitted) > mostWords) fitted = { ...fitted, [extra]: null };
  return { document: fitted === document ? document : recountIssue(fitted), dropped };
}

function listWeakestFirst(
  document: IssueDocument,
  kept: ReadonlySet<string>,
): readonly IssueStory[] {
  return listIssueStories(document)
    .filter(({ id }) => id !== document.lead?.id)
    .map((story, place) => ({ story, place, isKept: Number(kept.has(story.id)) }))
    .sort((a, b) => a.isKept - b.isKept || a.story.score - b.story.score || b.place - a.place)
    .map(({ story }) => story);
}

function removeStories(document: IssueDocument, ids: ReadonlySet<string>): IssueDocument {
  const isOther = ({ id }: IssueStory): boolean => !ids.has(id);
  return {
    ...document,
    sections: document.sections
      .map((section) => ({ ...section, stories: section.stories.filter(isOther) }))
      .filter(({ stories }) => stories.length > 0),
    inBrief: document.inBrief.filter(isOther),
  };
}
