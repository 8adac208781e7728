import { applyEdits } from '../cluster/apply-edits.ts';
import type { ThemeAssignment } from '../cluster/assign-theme.ts';
import { findThreads } from '../cluster/find-threads.ts';
import { keepStoryIds } from '../cluster/keep-story-ids.ts';
import { mergeByMeaning, type MeaningShare } from '../cluster/merge-by-meaning.ts';
import { chooseOpeningNote } from '../compose/choose-opening-note.ts';
import { composeIssue } from '../compose/compose-issue.ts';
import { findNews } from '../compose/find-news.ts';
import { markJoined } from '../compose/mark-joined.ts';
import { rankStories } from '../compose/rank-stories.ts';
import type { Candidate } from '../domain/article.ts';
import type { EditConflict, StoryOverride } from '../domain/edit.ts';
import { listIssueStories, type IssueDocument, type StoryDecision } from '../domain/issue.ts';
import type { RankedStory, Story } from '../domain/story.ts';
import type { ThreadNews } from '../domain/thread.ts';
import { assignThemes } from './assign-themes.ts';
import { clusterMorning, type MorningStories } from './cluster-morning.ts';
import type { MorningInputs } from './morning-inputs.ts';
import { replayModel } from './replay-model.ts';

/** What a morning became. */
export interface ComposedMorning {
  /** As clustered, before any edit: what the next build takes the ids from. */
  readonly clustered: readonly Story[];
  /** As edited, best first, the dropped ones too. */
  readonly stories: readonly RankedStory[];
  readonly document: IssueDocument;
  readonly decisions: readonly StoryDecision[];
  readonly conflicts: readonly EditConflict[];
}

/**
 * Articles to issue, the one way there is: build and replay both go through here, and nothing in it reads a clock, a file
 * or the store. `grouped` is what `clusterMorning` makes of the same inputs, where somebody knows it already.
 */
export async function composeMorning(
  inputs: MorningInputs,
  grouped?: MorningStories,
): Promise<ComposedMorning> {
  const { newsletter, date, known } = inputs;
  const morning = grouped ?? (await clusterMorning(inputs));
  const { welcome, articles, decisions: refused } = morning;
  const merged = mergeStories(morning, inputs.meaning);
  const clustered = keepStoryIds(known, merged.stories);
  const slugs = newsletter.themes.map(({ slug }) => slug);
  const edited = applyEdits(clustered, inputs.edits, { articles, themes: slugs });
  const { overrides } = edited;
  const news = followThreads(inputs, edited.stories, articles);
  const stories = rankMorning(inputs, edited, { articles, news });
  const openingNote = chooseOpeningNote(welcome);
  const context = { articles, newsletter, date, overrides, news, openingNote };
  const { document: composed, decisions } = composeIssue(stories, context);
  const document = markJoined(composed, merged.joined);
  return {
    clustered,
    stories,
    document: inputs.modelShare
      ? replayModel({ document, articles: welcome }, inputs.modelShare).document
      : document,
    decisions: [...decisions, ...refused],
    conflicts: [...edited.conflicts, ...listUnprinted(overrides, document)],
  };
}

type Articles = ReadonlyMap<string, Candidate>;

function mergeStories({ stories, articles }: MorningStories, meaning?: MeaningShare | null) {
  return meaning ? mergeByMeaning(stories, meaning, articles) : { stories, joined: [] };
}

function followThreads(
  { date, told, background }: MorningInputs,
  stories: readonly Story[],
  articles: Articles,
): ReadonlyMap<string, ThreadNews> {
  const links = findThreads(stories, { date, articles, told }, background);
  return findNews(stories, links, { articles, hasHistory: told.length > 0 });
}

function rankMorning(
  { newsletter, cutOff, lexicon, lessons }: MorningInputs,
  { stories, overrides }: ReturnType<typeof applyEdits>,
  { articles, news }: { articles: Articles; news: ReadonlyMap<string, ThreadNews> },
): readonly RankedStory[] {
  const found = assignThemes(stories, { newsletter, articles, lexicon, lessons });
  return rankStories(stories, {
    articles,
    themes: overrideThemes(found, overrides),
    cutOff,
    news,
    interests: newsletter.rules?.interests ?? {},
    subjects: newsletter.themes,
  });
}

function overrideThemes(
  found: ReadonlyMap<string, ThemeAssignment>,
  overrides: ReadonlyMap<string, StoryOverride>,
): ReadonlyMap<string, ThemeAssignment> {
  const wanted = [...overrides].flatMap(([id, { theme }]) =>
    theme === null ? [] : [[id, { theme, confidence: 1 }] as const],
  );
  return new Map([...found, ...wanted]);
}

/** A pin that had not its effect is told, not lost. */
function listUnprinted(
  overrides: ReadonlyMap<string, StoryOverride>,
  document: IssueDocument,
): readonly EditConflict[] {
  const printed = new Set(listIssueStories(document).map(({ id }) => id));
  const inBrief = new Set(document.inBrief.map(({ id }) => id));
  return [...overrides].flatMap(([id, { pin, isDropped, theme, edits }]) => {
    if (pin === null || isDropped) return [];
    const edit = edits.at(-1) ?? 0;
    if (!printed.has(id))
      return [{ edit, reason: 'Its story is pinned, and yet the issue has no place for it.' }];
    const isShort = theme !== null && inBrief.has(id);
    const reason = 'Its story has nothing to print but a headline, so it stands in brief.';
    return isShort ? [{ edit, reason }] : [];
  });
}
