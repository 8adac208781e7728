import { parentPort, workerData } from 'node:worker_threads';
import { clusterArticles } from '../cluster/cluster-articles.ts';
import type { Background } from '../cluster/compile-background.ts';
import type { Candidate } from '../domain/article.ts';

/** What cluster-aside hands to its worker. */
export interface ClusterTask {
  readonly articles: readonly Candidate[];
  readonly background: Background;
}

const { articles, background } = workerData as ClusterTask;
parentPort?.postMessage(clusterArticles(articles, background));
