import type { Candidate } from '../domain/article.ts';
import { HOUR, timeBetween, type Instant } from '../domain/instant.ts';
import type { Theme } from '../domain/newsletter.ts';
import type { RankedStory, Story } from '../domain/story.ts';
import type { ThreadNews } from '../domain/thread.ts';
import { measureInterest } from './measure-interest.ts';

const FRESH_HOURS = 12;
/** What the freshness of a story counts whose date lies after the cut-off, so cannot be right. */
const UNKNOWN_FRESHNESS = 0.25;
/** Copies show that others found a story worth printing, far less than a second reporter does. */
const OUTLET_FACTOR = 0.15;
const WEIGHT_FACTOR = 0.5;
const POSITION_FACTOR = 0.5;
/** A thread that moved on is worth a little more than a story nobody knows yet; one that stood still, far less. */
const CHANGED = 0.25;
const UNCHANGED = -1;

/** What ranking needs beside the stories: their articles by key, their themes by story id, and the moment gathering ended. */
export interface RankingContext {
  readonly articles: ReadonlyMap<string, Candidate>;
  readonly themes: ReadonlyMap<
    string,
    { readonly theme: string | null; readonly confidence: number }
  >;
  readonly cutOff: Instant;
  /** What each story brings that was not told before, by story id. */
  readonly news?: ReadonlyMap<string, ThreadNews>;
  /** What the newsletter cares for: words and phrases with what they add to the score. */
  readonly interests?: Readonly<Record<string, number>>;
  /** The newsletter's themes, some of which may count more. */
  readonly subjects?: readonly Theme[];
}

/** The stories with theme and score, best first. The terms, which sum to the score, are in "doublings": two is worth twice one. */
export function rankStories(
  stories: readonly Story[],
  context: RankingContext,
): readonly RankedStory[] {
  return stories
    .map((story) => scoreStory(story, context))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : Number(a.id > b.id)));
}

function scoreStory(story: Story, context: RankingContext): RankedStory {
  const { articles, themes, cutOff } = context;
  const members = story.articles.flatMap((key) => articles.get(key) ?? []);
  const outlets = new Set(members.map(({ outlet }) => outlet.key)).size;
  const { theme, confidence } = themes.get(story.id) ?? { theme: null, confidence: 0 };
  const terms = {
    independent: Math.log2(1 + story.independent),
    outlets: OUTLET_FACTOR * Math.log2(1 + outlets),
    freshness: findGreatest(members.map((article) => measureFreshness(article, cutOff))),
    weight: WEIGHT_FACTOR * findGreatest(members.map(({ feedWeight }) => feedWeight)),
    position: POSITION_FACTOR * findGreatest(members.map(({ position }) => 1 / (1 + position))),
    change: measureChange(context.news?.get(story.id)),
    interest: measureInterest(members, context.interests ?? {}),
    theme: Math.log2(context.subjects?.find(({ slug }) => slug === theme)?.weight ?? 1),
  };
  const score = Object.values(terms).reduce((sum, term) => sum + term, 0);
  return { ...story, theme, confidence, score, terms };
}

function measureChange(news: ThreadNews | undefined): number {
  if (!news || news.toldOn === null) return 0;
  return news.hasNews ? CHANGED : UNCHANGED;
}

/** 1 at the cut-off, half of it every twelve hours before. */
function measureFreshness({ publishedAt }: Candidate, cutOff: Instant): number {
  const hours = timeBetween(publishedAt, cutOff) / HOUR;
  return hours >= 0 ? 0.5 ** (hours / FRESH_HOURS) : UNKNOWN_FRESHNESS;
}

function findGreatest(numbers: readonly number[]): number {
  return numbers.reduce((greatest, number) => Math.max(greatest, number), 0);
}
