import type { FieldChange, IssueDifference, StoryChange } from '../domain/issue-difference.ts';
import { describeCount } from '../domain/describe-count.ts';
import { print } from './terminal.ts';

const MOST_CHARACTERS = 160;

/** Prints what sets two issues apart: a line for each story that stands elsewhere or reads otherwise, and for each number. */
export function printDifference({ stories, issue }: IssueDifference): void {
  const readable = stories.filter(({ from, to, fields }) => from !== to || fields.some(isReadable));
  for (const story of readable) {
    print(describeStory(story));
    story.fields.filter(isReadable).forEach(printField);
  }
  issue.forEach(printField);
  const scored = stories.length - readable.length;
  if (scored > 0)
    print(`${describeCount(scored, 'story')} more with another score in the same place.`);
}

/** A score is for programs: it is in the JSON, and `explain` has its terms. */
function isReadable({ field }: FieldChange): boolean {
  return field !== 'score';
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
  if (text.length <= MOST_CHARACTERS) return text;
  return Array.isArray(value) ? `${value.length} of them` : `${text.slice(0, MOST_CHARACTERS)}…`;
}
