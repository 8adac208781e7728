import { listIssueStories, type IssueDocument } from '../domain/issue.ts';
import { countIssueWords } from './count-issue-words.ts';
import { countMinutes } from './count-minutes.ts';

/** An issue that lost or changed stories, with its sizes counted anew. */
export function recountIssue(document: IssueDocument): IssueDocument {
  const stories = listIssueStories(document);
  const words = countIssueWords(document);
  const outlets = new Set(stories.flatMap(({ sources }) => sources.map(({ outlet }) => outlet)));
  return {
    ...document,
    counts: {
      stories: stories.length,
      outlets: outlets.size,
      articles: stories.reduce((sum, { articles }) => sum + articles.length, 0),
      words,
      minutes: countMinutes(words),
    },
  };
}
