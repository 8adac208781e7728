import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import { groupByLanguage, weighGroups } from './weigh-groups.ts';
import type { Background } from './compile-background.ts';
import { findNeighbours } from './find-neighbours.ts';
import { mixPoints, type Point } from './measure-likeness.ts';

/** A quarter of the likeness from which words alone join two stories; below it they share nothing that tells. */
const LEAST_LIKENESS = 0.05;

/** Two stories by the keys of their leads that words leave apart, and how alike their words and times are. */
export interface NearStories {
  readonly a: string;
  readonly b: string;
  readonly likeness: number;
}

/**
 * The pairs of stories, likeliest first, that somebody who knows more than words may find to be one: near each other in
 * words and time, in one language, and not two events that are known to look alike (see `measureLikeness`).
 */
export function findNearStories(
  stories: readonly Pick<Story, 'lead' | 'articles'>[],
  articles: readonly Candidate[],
  background: Background,
): readonly NearStories[] {
  const leadOf = new Map(
    stories.flatMap(({ lead, articles }) => articles.map((key) => [key, lead])),
  );
  const near = [...groupByLanguage(articles)].flatMap(([language, group]) => {
    const { groups, points, frequencies } = weighGroups(group, language, background);
    const means = new Map<string, Point>();
    for (const [place, copies] of groups.entries()) {
      const lead = leadOf.get(copies[0]?.key ?? '');
      const [point, before] = [points[place], means.get(lead ?? '')];
      if (lead !== undefined && point) means.set(lead, before ? mixPoints(before, point) : point);
    }
    const inOrder = [...means].sort(([, a], [, b]) => a.day - b.day);
    const pairs = findNeighbours(
      inOrder.map(([, mean]) => mean),
      { frequencies, cut: LEAST_LIKENESS },
    );
    return pairs.map(({ a, b, likeness }) => ({ a: inOrder[a]![0], b: inOrder[b]![0], likeness }));
  });
  return near.sort((one, other) => other.likeness - one.likeness);
}
