import type { FieldChange, IssueDifference, StoryChange } from '../domain/issue-difference.ts';
import { print } from './terminal.ts';

const MOST_CHARACTERS = 160;

/** Prints what sets two issues apart, a line for each story and each thing that changed. */
export function printDifference({ stories, issue }: IssueDifference): void {
  for (const story of stories) {
    print(describeStory(story));
    story.fields.forEach(printField);
  }
  issue.forEach(printField);
}

function describeStory({ story, headline, from, to }: StoryChange): string {
  const name = `“${headline}” (${story})`;
  if (from === null) return `+ ${to ?? ''}: ${name}`;
  if (to === null) return `− ${name}, was ${from}`;
  return from === to ? `~ ${to}: ${name}` : `~ ${from} → ${to}: ${name}`;
}

function printField({ field, from, to }: FieldChange): void {
  print(`    ${field}: ${show(from)} → ${show(to)}`);
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
