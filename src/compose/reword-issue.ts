import {
  listIssueStories,
  type IssueDocument,
  type IssueStory,
  type RewordableField,
} from '../domain/issue.ts';
import type { Rewording, RewordingTask } from '../domain/rewording.ts';
import { checkRewording, type RewordingFault } from './check-rewording.ts';
import { readEvidence } from './read-evidence.ts';
import { countMinutes } from './count-minutes.ts';
import { countWords } from './count-words.ts';

/** A text of a model's that was not printed, and why. */
interface RefusedText {
  readonly story: string;
  readonly field: RewordableField;
  readonly fault: RewordingFault | 'no room';
}

/** An issue with a model's texts in it, and those that were refused. */
export interface RewordedIssue {
  readonly document: IssueDocument;
  readonly refused: readonly RefusedText[];
}

const MOST_WORDS_OF_WHY = 30;
/** An issue that is longer than this may not grow by rewording. */
const MOST_WORDS_OF_ISSUE = 950;

/**
 * Puts a model's texts in the place of the sources' own sentences, each only if checkRewording finds no fault in it.
 * The same document, tasks and texts make the same issue, so a replay needs no model.
 */
export function rewordIssue(
  document: IssueDocument,
  tasks: readonly RewordingTask[],
  rewordings: ReadonlyMap<string, Rewording>,
): RewordedIssue {
  const refused: RefusedText[] = [];
  const taskOf = new Map(tasks.map((task) => [task.story, task]));
  let words = document.counts.words;
  const reword = (story: IssueStory): IssueStory => {
    const [task, rewording] = [taskOf.get(story.id), rewordings.get(story.id)];
    if (!task || !rewording) return story;
    const room = Math.max(0, MOST_WORDS_OF_ISSUE - words);
    const dayLine = story === document.lead ? document.dayInALine : null;
    const reworded = rewordStory(story, { task, rewording, room, dayLine });
    refused.push(...reworded.refused);
    words += reworded.grown;
    return reworded.story;
  };
  const lead = document.lead && reword(document.lead);
  const sections = document.sections.map((section) => ({
    ...section,
    stories: section.stories.map(reword),
  }));
  const inBrief = document.inBrief.map(reword);
  const counts = { ...document.counts, words, minutes: countMinutes(words) };
  const changed = { ...document, lead, sections, inBrief, counts };
  const isReworded = listIssueStories(changed).some((story) => story.writtenByModel);
  return { document: isReworded ? changed : document, refused };
}

interface StoryRewording {
  readonly task: RewordingTask;
  readonly rewording: Rewording;
  /** By how many words the issue may grow. */
  readonly room: number;
  /** The day in a line, above the big one. */
  readonly dayLine: string | null;
}

function rewordStory(
  story: IssueStory,
  { task, rewording, room, dayLine }: StoryRewording,
): { story: IssueStory; refused: readonly RefusedText[]; grown: number } {
  const evidence = readEvidence(task.sources, task.language);
  const refused: RefusedText[] = [];
  const written: RewordableField[] = [];
  let changed = story;
  let grown = 0;
  for (const field of task.fields) {
    const text = tidyText(rewording[field] ?? '', field);
    if (text === '' || text === story[field]) continue;
    const mostWords = field === 'whyItMatters' ? MOST_WORDS_OF_WHY : task.mostWords;
    const printed = { headline: story.headline, summary: story.summary };
    const beside = listBeside(changed, field).concat(dayLine ?? []);
    const more = countWords(text) - countWords(story[field] ?? '');
    const fault =
      checkRewording({ field, text, mostWords, printed, beside }, evidence) ??
      (more > 0 && grown + more > room ? 'no room' : null);
    if (fault !== null) refused.push({ story: story.id, field, fault });
    else {
      changed = { ...changed, [field]: text };
      written.push(field);
      grown += more;
    }
  }
  if (written.length > 0) changed = { ...changed, writtenByModel: written };
  return { story: changed, refused, grown };
}

function listBeside(story: IssueStory, field: RewordableField): readonly string[] {
  if (field === 'headline') return [];
  return field === 'summary' ? [story.headline] : [story.headline, story.summary];
}

/** White space only; anything else that is odd about a text is a fault. */
function tidyText(text: string, field: RewordableField): string {
  const plain = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return field === 'headline' ? plain.replace(/(?<!\.|\b\p{Lu})\.$/u, '') : plain;
}
