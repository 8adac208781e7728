import type { Candidate } from '../domain/article.ts';
import {
  listActiveEdits,
  type Edit,
  type EditCommand,
  type EditConflict,
  type StoryArticles,
  type StoryOverride,
} from '../domain/edit.ts';
import type { Story } from '../domain/story.ts';
import { dropRepeatedBodies } from './drop-repeated-bodies.ts';
import { makeStory } from './make-story.ts';
import { nameStory } from './name-story.ts';

/** What the stories are edited with: their articles by key, and the slugs of the newsletter's themes. */
export interface EditingContext {
  readonly articles: ReadonlyMap<string, Candidate>;
  readonly themes: readonly string[];
}

/** The stories as the editor wants them, every article still in exactly one, and what is to be printed otherwise, by story id. */
export interface EditedStories {
  readonly stories: readonly Story[];
  readonly overrides: ReadonlyMap<string, StoryOverride>;
  readonly conflicts: readonly EditConflict[];
}

/** The stories so far; the rest says it of each story by its id. */
interface Desk extends EditingContext {
  readonly stories: Map<string, Story>;
  readonly storyOf: Map<string, string>;
  readonly overrides: Map<string, StoryOverride>;
}

type Command<Kind extends EditCommand['kind']> = Extract<EditCommand, { kind: Kind }>;

const UNTOUCHED: StoryOverride = {
  isDropped: false,
  pin: null,
  theme: null,
  headline: null,
  summary: null,
  edits: [],
};
const MOST_KEYWORDS = 8;
const GONE = 'None of its articles is here any more.';

/**
 * Does the edits that hold, in their order, to newly made stories. An edit finds its story by the articles it named:
 * it is the one that has most of them now. What cannot be done is a conflict, and the others are done all the same.
 */
export function applyEdits(
  stories: readonly Story[],
  edits: readonly Edit[],
  context: EditingContext,
): EditedStories {
  const active = listActiveEdits(edits);
  if (active.length === 0) return { stories, overrides: new Map(), conflicts: [] };
  const desk: Desk = {
    themes: context.themes,
    articles: readAsClustered(context.articles),
    stories: new Map(stories.map((story) => [story.id, story])),
    storyOf: new Map(stories.flatMap(({ id, articles }) => articles.map((key) => [key, id]))),
    overrides: new Map(),
  };
  const conflicts = active.flatMap((edit) => {
    const reason = applyEdit(desk, edit);
    return reason === null ? [] : [{ edit: edit.number, reason }];
  });
  const overrides = new Map([...desk.overrides].filter(([id]) => desk.stories.has(id)));
  return { stories: [...desk.stories.values()], overrides, conflicts };
}

/** A story that is made again is made of what the clustering read. */
function readAsClustered(articles: Desk['articles']): Desk['articles'] {
  const read = dropRepeatedBodies([...articles.values()]);
  return new Map(read.map((article) => [article.key, article]));
}

/** Why the edit could not be done, or null when it was. */
function applyEdit(desk: Desk, { command, number }: Edit): string | null {
  if (command.kind === 'undo') return null;
  if (command.kind === 'merge') return mergeStories(desk, command, number);
  const id = findStory(desk, command.articles);
  if (id === null) return GONE;
  const dropper = findDropper(desk, id);
  if (dropper !== null) return describeDropped(dropper);
  if (command.kind === 'split') return splitStory(desk, command, number);
  const { change, reason } = chooseChange(desk, command);
  touchStory(desk, id, { number, change });
  return reason;
}

function chooseChange(
  desk: Desk,
  command: Command<'pin' | 'drop' | 'move' | 'rewrite'>,
): { change: Partial<StoryOverride>; reason: string | null } {
  if (command.kind === 'drop') return { change: { isDropped: true }, reason: null };
  if (command.kind === 'rewrite') {
    const { headline, summary } = command;
    const change = { ...(headline && { headline }), ...(summary && { summary }) };
    return { change, reason: null };
  }
  const { theme } = command;
  const isKnown = theme === null || desk.themes.includes(theme);
  const reason = isKnown ? null : `The newsletter has no theme "${theme}" any more.`;
  const move = isKnown && theme !== null ? { theme } : {};
  const pin =
    command.kind === 'pin' ? ({ pin: command.isFirst ? 'lead' : 'section' } as const) : {};
  return { change: { ...move, ...pin }, reason };
}

/** The story that has most of these articles; of equals the one with the earlier named. */
function findStory({ storyOf }: Desk, articles: StoryArticles): string | null {
  const counts = new Map<string, number>();
  for (const id of articles.flatMap((key) => storyOf.get(key) ?? []))
    counts.set(id, (counts.get(id) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? null;
}

function findDropper({ overrides }: Desk, id: string): number | null {
  const override = overrides.get(id);
  return override?.isDropped ? (override.edits.at(-1) ?? null) : null;
}

function describeDropped(dropper: number): string {
  return `Its story was dropped by edit ${dropper}.`;
}

function touchStory(
  { overrides }: Desk,
  id: string,
  { number, change }: { number: number; change: Partial<StoryOverride> },
): void {
  const before = overrides.get(id) ?? UNTOUCHED;
  if (change.pin === 'lead') leaveLead(overrides);
  overrides.set(id, { ...before, ...change, edits: [...before.edits, number] });
}

/** There is one big story: what was pinned there before is pinned where it stands. */
function leaveLead(overrides: Desk['overrides']): void {
  for (const [id, override] of overrides)
    if (override.pin === 'lead') overrides.set(id, { ...override, pin: 'section' });
}

/** Joins the named stories into the first, with every article that was named and what has come to them since. */
function mergeStories(desk: Desk, command: Command<'merge'>, number: number): string | null {
  const found = command.stories.map((articles) => findStory(desk, articles));
  const ids = [...new Set(found.filter((id) => id !== null))];
  const dropper = ids.map((id) => findDropper(desk, id)).find((edit) => edit !== null);
  if (dropper !== undefined) return describeDropped(dropper);
  const [first] = ids;
  if (first === undefined) return GONE;
  const named = command.stories.flat().filter((key) => desk.storyOf.has(key));
  const members = ids.flatMap((id) => desk.stories.get(id)?.articles ?? []);
  gatherStory(desk, first, [...members, ...named]);
  touchStory(desk, first, { number, change: {} });
  const missing = found.filter((id) => id === null).length;
  return missing === 0 ? null : `${missing} of its ${found.length} stories have no article left.`;
}

/** Makes the named articles a story of their own; when they are one already, nothing is left to do. */
function splitStory(desk: Desk, command: Command<'split'>, number: number): string | null {
  const named = command.articles.filter((key) => desk.storyOf.has(key));
  const whole = named
    .map((key) => desk.storyOf.get(key) ?? '')
    .find((id) => desk.stories.get(id)?.articles.every((key) => named.includes(key)));
  const id = whole ?? chooseFreeId(desk, named);
  gatherStory(desk, id, named);
  touchStory(desk, id, { number, change: {} });
  return null;
}

function chooseFreeId({ stories, articles }: Desk, keys: readonly string[]): string {
  const { lead } = makeStory(listCandidates(articles, keys), []);
  for (let turn = 0; ; turn += 1) {
    const id = nameStory(lead, turn);
    if (!stories.has(id)) return id;
  }
}

/** Makes the story with this id of these articles, and takes them out of every other. */
function gatherStory(desk: Desk, id: string, keys: readonly string[]): void {
  const wanted = new Set(keys);
  const losers = new Set([...wanted].flatMap((key) => desk.storyOf.get(key) ?? []));
  losers.add(id);
  const keywords = [...losers].flatMap((loser) => desk.stories.get(loser)?.keywords ?? []);
  for (const key of wanted) desk.storyOf.set(key, id);
  for (const loser of losers) {
    if (loser === id) continue;
    const story = desk.stories.get(loser);
    const left = story?.articles.filter((key) => !wanted.has(key)) ?? [];
    if (story && left.length > 0) remakeStory(desk, story, left);
    else desk.stories.delete(loser);
  }
  const best = [...new Set(keywords)].slice(0, MOST_KEYWORDS);
  const story = makeStory(listCandidates(desk.articles, [...wanted]), best);
  desk.stories.set(id, { ...story, id });
}

function remakeStory(desk: Desk, story: Story, keys: readonly string[]): void {
  const remade = makeStory(listCandidates(desk.articles, keys), story.keywords);
  desk.stories.set(story.id, { ...remade, id: story.id });
}

function listCandidates(
  articles: ReadonlyMap<string, Candidate>,
  keys: readonly string[],
): readonly Candidate[] {
  return keys.flatMap((key) => articles.get(key) ?? []);
}
