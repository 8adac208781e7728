import type { IssueDocument, IssueStory } from '../domain/issue.ts';

/** Marks the stories that have both articles, by key, of one of these pairs: a model said that they are about one event. */
export function markJoined(
  document: IssueDocument,
  pairs: readonly { readonly a: string; readonly b: string }[],
): IssueDocument {
  if (pairs.length === 0) return document;
  const mark = (story: IssueStory): IssueStory => {
    const isJoined = pairs.some(({ a, b }) => [a, b].every((key) => story.articles.includes(key)));
    return isJoined ? { ...story, joinedByModel: true } : story;
  };
  return {
    ...document,
    lead: document.lead && mark(document.lead),
    sections: document.sections.map((section) => ({
      ...section,
      stories: section.stories.map(mark),
    })),
    inBrief: document.inBrief.map(mark),
  };
}
