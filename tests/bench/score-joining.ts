import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import type { Background } from '../../src/cluster/compile-background.ts';
import { joinArticles } from '../../src/cluster/join-articles.ts';
import { compareByTime } from '../../src/cluster/make-story.ts';
import type { Story } from '../../src/domain/story.ts';
import type { LabelledArticle } from './newsroom-sets.ts';
import { scoreClusters } from './score-newsroom.ts';

/** How near (BCubed) the stories of the earlier half of a day, joined by the later half, come to those of the day clustered at once. */
export function scoreJoining(articles: readonly LabelledArticle[], background: Background): number {
  const day = articles.map(({ candidate }) => candidate).sort(compareByTime);
  const known = clusterArticles(day.slice(0, day.length / 2), background);
  const joined = joinArticles(known, day, background);
  return scoreClusters(mapStories(clusterArticles(day, background)), mapStories(joined)).bcubed;
}

function mapStories(stories: readonly Story[]): ReadonlyMap<string, string> {
  return new Map(stories.flatMap(({ id, articles }) => articles.map((key) => [key, id] as const)));
}
