import { listIssueStories, type IssueDocument, type IssueStory } from '../domain/issue.ts';
import type { Preferences } from '../domain/preferences.ts';
import { recountIssue } from './recount-issue.ts';

/** The issue without the muted themes and threads, and without any line that may speak of them; the best of the rest leads when the big story is muted. */
export function muteStories(document: IssueDocument, preferences: Preferences): IssueDocument {
  const muted = listIssueStories(document).filter((story) => isMuted(story, preferences));
  if (muted.length === 0) return document;
  const isKept = (story: IssueStory): boolean => !muted.includes(story);
  const left: IssueDocument = {
    ...document,
    lead: document.lead && isKept(document.lead) ? document.lead : null,
    sections: document.sections.map((section) => ({
      ...section,
      stories: section.stories.filter(isKept),
    })),
    inBrief: document.inBrief.filter(isKept),
  };
  const hushed = hushFigures(chooseNewLead(left), muted, document.lead?.id);
  return recountIssue(dropEmptySections(hushed));
}

/** True for what a reader does not want to hear of. */
export function isMuted(
  { theme, thread }: { readonly theme: string | null; readonly thread?: string | null },
  { mutedThemes, mutedThreads }: Preferences,
): boolean {
  return mutedThemes.includes(theme ?? '') || mutedThreads.includes(thread ?? '');
}

function chooseNewLead(document: IssueDocument): IssueDocument {
  if (document.lead) return document;
  const best = (stories: readonly IssueStory[]): IssueStory | null =>
    stories.reduce<IssueStory | null>((a, b) => (a && a.score >= b.score ? a : b), null);
  const lead = best(document.sections.flatMap(({ stories }) => stories)) ?? best(document.inBrief);
  const isOther = (story: IssueStory): boolean => story !== lead;
  return {
    ...document,
    lead,
    sections: document.sections.map((section) => ({
      ...section,
      stories: section.stories.filter(isOther),
    })),
    inBrief: document.inBrief.filter(isOther),
  };
}

/** The day in a line is about the big story or made of headlines; number and quote stay when they are surely of a story that stays. */
function hushFigures(
  document: IssueDocument,
  muted: readonly IssueStory[],
  bigStory: string | undefined,
): IssueDocument {
  const kept = listIssueStories(document);
  const isOurs = (url: string | null): boolean =>
    kept.some(
      ({ articles, sources }) =>
        url !== null && (articles.includes(url) || sources.some((source) => source.url === url)),
    );
  const { dayInALine, numberOfTheDay, quoteOfTheDay } = document;
  const isAboutMuted = muted.some(
    ({ id, headline }) => id === bigStory || dayInALine?.includes(headline.replace(/[.!?…]+$/, '')),
  );
  return {
    ...document,
    dayInALine: isAboutMuted ? null : dayInALine,
    numberOfTheDay: numberOfTheDay && isOurs(numberOfTheDay.source.url) ? numberOfTheDay : null,
    quoteOfTheDay: quoteOfTheDay && isOurs(quoteOfTheDay.source.url) ? quoteOfTheDay : null,
  };
}

function dropEmptySections(document: IssueDocument): IssueDocument {
  return { ...document, sections: document.sections.filter(({ stories }) => stories.length > 0) };
}
