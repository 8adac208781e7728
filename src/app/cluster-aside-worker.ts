import { parentPort, workerData } from 'node:worker_threads';
import { clusterDay, type ClusterContext } from '../cluster/cluster-day.ts';
import { findNearStories } from '../cluster/find-near-stories.ts';
import type { Background } from '../cluster/compile-background.ts';
import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';

/** What cluster-aside hands to its worker: what to cluster, or stories to find near ones of. */
export interface ClusterTask {
  readonly articles: readonly Candidate[];
  readonly context: ClusterContext | NearContext;
}

/** Stories, and how common words are beyond their articles. */
export interface NearContext {
  readonly stories: readonly Pick<Story, 'lead' | 'articles'>[];
  readonly background: Background;
}

const { articles, context } = workerData as ClusterTask;
parentPort?.postMessage(
  'stories' in context
    ? findNearStories(context.stories, articles, context.background)
    : clusterDay(articles, context),
);
