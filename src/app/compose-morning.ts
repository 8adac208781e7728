import { applyEdits } from '../cluster/apply-edits.ts';
import type { ThemeAssignment } from '../cluster/assign-theme.ts';
import type { Background } from '../cluster/compile-background.ts';
import type { Lexicon } from '../cluster/compile-lexicon.ts';
import { findThreads } from '../cluster/find-threads.ts';
import { keepStoryIds } from '../cluster/keep-story-ids.ts';
import { chooseOpeningNote } from '../compose/choose-opening-note.ts';
import { composeIssue } from '../compose/compose-issue.ts';
import { findNews } from '../compose/find-news.ts';
import { judgeArticles } from '../compose/judge-articles.ts';
import { rankStories } from '../compose/rank-stories.ts';
import type { Candidate } from '../domain/article.ts';
import type { Edit, EditConflict, StoryOverride } from '../domain/edit.ts';
import type { Instant } from '../domain/instant.ts';
import { listIssueStories, type IssueDocument, type StoryDecision } from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { RankedStory, Story } from '../domain/story.ts';
import type { ThemeLesson } from '../domain/theme-lesson.ts';
import type { ThreadNews, ToldStory } from '../domain/thread.ts';
import type { GuardedCandidate } from '../store/articles.ts';
import { assignThemes } from './assign-themes.ts';
import { clusterAside } from './cluster-aside.ts';
import { replayModel, type ModelShare } from './replay-model.ts';

/** All that a morning is made from, as data: the same inputs make the same issue, today or in a year. */
export interface MorningInputs {
  readonly newsletter: Newsletter;
  readonly date: LocalDate;
  /** When gathering ended. */
  readonly cutOff: Instant;
  /** All that the newsletter's feeds brought, wanted or not. */
  readonly articles: readonly GuardedCandidate[];
  /** The stories as they stood before: who takes most of one over keeps its id. */
  readonly known: readonly Pick<Story, 'id' | 'articles'>[];
  /** What the issues of the last two weeks told, oldest first. */
  readonly told: readonly ToldStory[];
  readonly background: Background;
  readonly lexicon: Lexicon;
  /** What the editor's earlier moves teach. */
  readonly lessons: readonly ThemeLesson[];
  /** The editor's log, all of it. */
  readonly edits: readonly Edit[];
  /** What a model had to do with it; left out or null where none had. */
  readonly modelShare?: ModelShare | null;
}

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

/** Articles to issue, the one way there is: build and replay both go through here, and nothing in it reads a clock, a file or the store. */
export async function composeMorning(inputs: MorningInputs): Promise<ComposedMorning> {
  const { newsletter, date, known } = inputs;
  const { welcome, decisions: refused } = judgeArticles(inputs.articles, newsletter);
  const candidates = welcome.filter(({ wish }) => !wish?.isOpening);
  const articles = new Map(candidates.map((article) => [article.key, article]));
  const clustered = keepStoryIds(known, await clusterAside(candidates, inputs));
  const slugs = newsletter.themes.map(({ slug }) => slug);
  const edited = applyEdits(clustered, inputs.edits, { articles, themes: slugs });
  const { overrides } = edited;
  const news = followThreads(inputs, edited.stories, articles);
  const stories = rankMorning(inputs, edited, { articles, news });
  const openingNote = chooseOpeningNote(welcome);
  const context = { articles, newsletter, date, overrides, news, openingNote };
  const { document, decisions } = composeIssue(stories, context);
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
