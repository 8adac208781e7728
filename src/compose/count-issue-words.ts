import { listIssueStories, type IssueDocument, type IssueStory } from '../domain/issue.ts';
import { countWords } from './count-words.ts';

/** The words of an issue that a reader reads: what the editor says, the stories, the day in a line and its number; sources and furniture are looked at, not read. */
export function countIssueWords(document: Omit<IssueDocument, 'counts'>): number {
  const texts = [
    document.openingNote?.text ?? '',
    document.dayInALine ?? '',
    document.numberOfTheDay?.sentence ?? '',
    document.quoteOfTheDay?.quote ?? '',
  ];
  const stories = listIssueStories(document).map(countStoryWords);
  return stories.reduce((sum, words) => sum + words, countWords(texts.join('\n')));
}

/** The words of one story of an issue. */
export function countStoryWords(story: IssueStory): number {
  const { headline, summary, whyItMatters, whatNext, whatChanged, reportsDiffer } = story;
  const figures = reportsDiffer?.figures.map(({ figure, outlet }) => `${figure} ${outlet}`) ?? [];
  const differ = [...figures, reportsDiffer?.about];
  const before = story.changedBefore?.map(({ text }) => text) ?? [];
  const texts = [headline, summary, whyItMatters, whatNext, ...before, whatChanged, ...differ];
  return countWords(texts.filter(Boolean).join('\n'));
}
