import { parentPort, workerData } from 'node:worker_threads';
import { clusterDay, type ClusterContext } from '../cluster/cluster-day.ts';
import type { Candidate } from '../domain/article.ts';

/** What cluster-aside hands to its worker. */
export interface ClusterTask {
  readonly articles: readonly Candidate[];
  readonly context: ClusterContext;
}

const { articles, context } = workerData as ClusterTask;
parentPort?.postMessage(clusterDay(articles, context));
