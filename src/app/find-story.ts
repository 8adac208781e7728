import type { Candidate } from '../domain/article.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import {
  listIssueStories,
  type IssueDocument,
  type IssueStory,
  type StoryDecision,
} from '../domain/issue.ts';

const MOST_NAMED = 3;

/** What a person may call by several names, and how it is shown when the name was not enough. */
interface Choice<Item> {
  readonly item: Item;
  /** What names it whole; the first is how it is shown. */
  readonly names: readonly string[];
  /** What a part of names it. */
  readonly text: string;
}

/**
 * The story a person means: by its number in the printed order, its id, or a part of its headline that only it has.
 * `decisions` are the printed ones in their order, then the others. Throws BriefingError when none or several are meant.
 */
export function findStory<Decision extends StoryDecision>(
  decisions: readonly Decision[],
  name: string,
): Decision {
  const choices = decisions.map((decision, index) => ({
    item: decision,
    names: decision.place === 'cut' ? [decision.story] : [String(index + 1), decision.story],
    text: decision.headline,
  }));
  return choose(choices, name, 'story');
}

/** The story of an issue that was made, named in the same ways. */
export function findNamedStory(document: IssueDocument, name: string): IssueStory {
  const choices = listIssueStories(document).map((story, index) => ({
    item: story,
    names: [String(index + 1), story.id],
    text: story.headline,
  }));
  return choose(choices, name, 'story');
}

/** The article of a story a person means: by its number as `explain` lists them, its key, its outlet, or a part of its title. */
export function findArticle(articles: readonly Candidate[], name: string): Candidate {
  const choices = articles.map((article, index) => ({
    item: article,
    names: [String(index + 1), article.key, article.outlet.name, article.outlet.key],
    text: article.title,
  }));
  return choose(choices, name, 'article');
}

/** A whole name wins over a part of a text. */
function choose<Item>(
  choices: readonly Choice<Item>[],
  name: string,
  what: 'story' | 'article',
): Item {
  const wanted = name.trim().toLowerCase();
  const whole = choices.filter(({ names }) => names.some((one) => one.toLowerCase() === wanted));
  const partly = choices.filter(({ text }) => wanted !== '' && text.toLowerCase().includes(wanted));
  const found = whole.length > 0 ? whole : partly;
  const [only, ...others] = found;
  if (only && others.length === 0) return only.item;
  const fault = only ? describeMany(found, name, what) : describeNone(name, what);
  throw new BriefingError(only ? 'invalid' : 'not_found', fault);
}

function describeMany<Item>(
  found: readonly Choice<Item>[],
  name: string,
  what: 'story' | 'article',
): string {
  const few = found.slice(0, MOST_NAMED).map(({ names, text }) => `${names[0] ?? ''} “${text}”`);
  const more = found.length > MOST_NAMED ? ` and ${found.length - MOST_NAMED} more` : '';
  const plural = what === 'story' ? 'stories' : 'articles';
  return `“${name}” names ${found.length} ${plural}: ${few.join(', ')}${more}. Name one by what stands before it.`;
}

function describeNone(name: string, what: 'story' | 'article'): string {
  return what === 'story'
    ? `No story of this issue is called “${name}”. Name it by its number, its id or a part of its headline; "daybrief edit ISSUE" lists them, "daybrief explain ISSUE" those that were cut.`
    : `No article of this story is called “${name}”. Name it by its number, its outlet or a part of its title; "daybrief explain ISSUE STORY" lists them.`;
}
