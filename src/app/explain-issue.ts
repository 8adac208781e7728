import { explainStory, type ArticleReason } from '../cluster/explain-story.ts';
import type { ThemeReason } from '../cluster/explain-theme.ts';
import type { Closeness } from '../cluster/merge-by-meaning.ts';
import type { Instant } from '../domain/instant.ts';
import {
  listIssueStories,
  type Issue,
  type StoryDecision,
  type StoryMark,
} from '../domain/issue.ts';
import type { App } from './app.ts';
import { explainStoryTheme } from './assign-themes.ts';
import { listIssueEdits, type ListedEdit } from './edit-issue.ts';
import { explainThread, type ExplainedThread } from './explain-thread.ts';
import { openKeptMorning } from './find-kept-morning.ts';
import { findStory } from './find-story.ts';
import type { KeptMorning } from './pack-morning.ts';

/** A story of a morning with all that decided its place. */
export interface ExplainedStory extends StoryDecision {
  /** Its number in the printed order; null for one that was cut. */
  readonly number: number | null;
  /** 0 to 1: how sure the theme is. */
  readonly confidence: number;
  readonly independent: number;
  readonly outlets: number;
  readonly marks: readonly StoryMark[];
  readonly keywords: readonly string[];
}

/** An article of a story and what joined it to the others. */
export interface ExplainedArticle extends Omit<ArticleReason, 'article'> {
  readonly number: number;
  readonly key: string;
  readonly title: string;
  readonly outlet: string;
  readonly publishedAt: Instant;
}

/** Two articles, by title, whose stories a model said to be one. */
interface ExplainedMeaning {
  readonly model: string;
  readonly closeness: number;
  readonly titles: readonly [string, string];
}

/** A story with the reasons of everything about it. */
export interface StoryExplanation {
  readonly story: ExplainedStory;
  /** What speaks for each theme, the likeliest first; an editor's move overrules it. */
  readonly themes: readonly ThemeReason[];
  readonly thread: ExplainedThread | null;
  readonly articles: readonly ExplainedArticle[];
  /** What a model said that words did not; the closest first. */
  readonly meaning: readonly ExplainedMeaning[];
  readonly edits: readonly ListedEdit[];
}

/** Every story of an issue's morning with what decided its place: the printed ones in order, then those that were cut, best first. */
export async function explainIssue(app: App, issue: Issue): Promise<readonly ExplainedStory[]> {
  return listExplained(await openKeptMorning(app, issue), issue);
}

/** One story of an issue's morning, printed or cut, named as in `findStory`: what joined its articles, and what was done to it. */
export async function explainIssueStory(
  app: App,
  issue: Issue,
  name: string,
): Promise<StoryExplanation> {
  const morning = await openKeptMorning(app, issue);
  const explained = listExplained(morning, issue);
  const story = findStory(explained, name);
  const { inputs } = morning;
  const byKey = new Map(inputs.articles.map((article) => [article.key, article]));
  const reasons = explainStory(story.articles, inputs.articles, inputs.background);
  const articles = reasons.flatMap(({ article: key, ...reason }, index) => {
    const article = byKey.get(key);
    if (!article) return [];
    const { title, outlet, publishedAt } = article;
    return [{ number: index + 1, key, title, outlet: outlet.name, publishedAt, ...reason }];
  });
  const { edits } = await listIssueEdits(app, issue);
  return {
    story,
    themes: explainStoryTheme(morning.made.stories, story.story, { ...inputs, articles: byKey }),
    thread: explainThread(morning, story.story),
    articles,
    meaning: explainMeaning(inputs, story.articles),
    edits: edits.filter((edit) => isAbout(edit, story)),
  };
}

/** The pairs that joined what is in the story. */
function explainMeaning(
  { meaning, articles }: KeptMorning['inputs'],
  keys: readonly string[],
): readonly ExplainedMeaning[] {
  if (!meaning) return [];
  const { model, least, pairs } = meaning;
  const titleOf = new Map(articles.map(({ key, title }) => [key, title]));
  const isInside = ({ a, b }: Closeness): boolean => keys.includes(a) && keys.includes(b);
  return pairs
    .filter((pair) => pair.closeness >= least && isInside(pair))
    .sort((one, other) => other.closeness - one.closeness)
    .map(({ a, b, closeness }) => ({
      model,
      closeness,
      titles: [titleOf.get(a) ?? a, titleOf.get(b) ?? b],
    }));
}

function listExplained({ made, inputs }: KeptMorning, issue: Issue): readonly ExplainedStory[] {
  const ranked = new Map(made.stories.map((story) => [story.id, story]));
  const printed = new Map(listIssueStories(issue.document).map((story) => [story.id, story]));
  const outletOf = new Map(inputs.articles.map(({ key, outlet }) => [key, outlet.key]));
  return made.decisions.map((decision, index) => {
    const story = ranked.get(decision.story);
    return {
      ...decision,
      number: decision.place === 'cut' ? null : index + 1,
      confidence: story?.confidence ?? 0,
      independent: story?.independent ?? 0,
      outlets: new Set(decision.articles.map((key) => outletOf.get(key))).size,
      marks: printed.get(decision.story)?.marks ?? [],
      keywords: story?.keywords ?? [],
    };
  });
}

/** Whether an edit named an article that is in the story now. */
function isAbout({ command }: ListedEdit, { articles }: StoryDecision): boolean {
  if (command.kind === 'undo') return false;
  const named = command.kind === 'merge' ? command.stories.flat() : command.articles;
  return named.some((key) => articles.includes(key));
}
