import type { IssueStory } from '../domain/issue.ts';
import { cleanText } from './clean-text.ts';
import { renderDay } from './render-date.ts';

/** What changed in a story; what earlier issues told stands with its date, in the language of the stories: it was true then. */
export function wordChanges(
  { changedBefore = [], whatChanged }: Pick<IssueStory, 'changedBefore' | 'whatChanged'>,
  language: string,
): string {
  const before = changedBefore.map(
    ({ date, text }) => `${renderDay(date, language)}: ${cleanText(text)}`,
  );
  return [...before, cleanText(whatChanged)].filter(Boolean).join(' ');
}
