import { linkThreads, type Linkable } from '../../src/cluster/link-threads.ts';
import type { Background } from '../../src/cluster/compile-background.ts';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { describeStory } from '../../src/cluster/describe-story.ts';
import type { LabelledArticle } from './newsroom-sets.ts';

/** How well stories were linked to the days before, each 0 to 1. */
export interface ThreadScore {
  /** Per article: is it linked to a thread most of whose earlier articles are about the same affair? Not linked is right when nothing was told before. */
  readonly links: number;
  /** Over pairs of articles of different days: are they in one thread? */
  readonly pairs: number;
}

interface Answer {
  readonly affair: string;
  readonly day: string;
  readonly thread: string;
}

/**
 * Plays a labelled month day by day, as issues would: the articles of a day become stories, and each story looks for its thread
 * among those of the days before. Articles without a label are left out: many of them belong to an affair nobody named.
 */
export function scoreThreads(
  articles: readonly LabelledArticle[],
  background: Background,
): ThreadScore {
  const labelled = articles.filter(({ affair }) => affair !== null);
  const stories = listDayStories(labelled, background);
  const threads = linkThreads(stories, background);
  const threadOf = new Map(
    stories.flatMap(({ id, members }) => members.map((key) => [key, threads.get(id) ?? id])),
  );
  const answers = labelled.map(({ candidate, affair }) => ({
    affair: affair ?? '',
    day: candidate.publishedAt.slice(0, 10),
    thread: threadOf.get(candidate.key) ?? candidate.key,
  }));
  return { links: scoreLinks(answers), pairs: scorePairs(answers) };
}

function listDayStories(
  articles: readonly LabelledArticle[],
  background: Background,
): readonly (Linkable & { readonly members: readonly string[] })[] {
  const candidates = new Map(articles.map(({ candidate }) => [candidate.key, candidate]));
  const byDay = Map.groupBy(candidates.values(), ({ publishedAt }) => publishedAt.slice(0, 10));
  return [...byDay].flatMap(([date, today]) =>
    clusterArticles(today, background).map((story) => {
      const members = story.articles.flatMap((key) => candidates.get(key) ?? []);
      return {
        ...describeStory(members),
        id: story.id,
        thread: null,
        date,
        members: story.articles,
      };
    }),
  );
}

function scoreLinks(answers: readonly Answer[]): number {
  let [right, linked, wanted] = [0, 0, 0];
  for (const { affair, day, thread } of answers) {
    const earlier = answers.filter((other) => other.day < day);
    const sameThread = earlier.filter((other) => other.thread === thread);
    const same = sameThread.filter((other) => other.affair === affair);
    wanted += Number(earlier.some((other) => other.affair === affair));
    linked += Number(sameThread.length > 0);
    right += Number(same.length * 2 > sameThread.length);
  }
  return (2 * right) / (linked + wanted);
}

function scorePairs(answers: readonly Answer[]): number {
  let [right, linked, wanted] = [0, 0, 0];
  for (const [place, a] of answers.entries())
    for (const b of answers.slice(0, place)) {
      if (a.day === b.day) continue;
      linked += Number(a.thread === b.thread);
      wanted += Number(a.affair === b.affair);
      right += Number(a.thread === b.thread && a.affair === b.affair);
    }
  return (2 * right) / (linked + wanted);
}
