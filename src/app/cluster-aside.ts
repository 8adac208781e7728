import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { clusterDay, type ClusterContext } from '../cluster/cluster-day.ts';
import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import { findNearStories, type NearStories } from '../cluster/find-near-stories.ts';
import type { ClusterTask, NearContext } from './cluster-aside-worker.ts';

/** More than this could keep everything else waiting for longer than 200 ms. */
const MOST_AT_ONCE = 500;
const WORKER = new URL(`./cluster-aside-worker${extname(import.meta.filename)}`, import.meta.url);

/** As clusterDay, which it calls; `mostAtOnce` articles right here, more in a thread of their own. */
export async function clusterAside(
  articles: readonly Candidate[],
  context: ClusterContext,
  mostAtOnce = MOST_AT_ONCE,
): Promise<readonly Story[]> {
  if (articles.length <= mostAtOnce) return clusterDay(articles, context);
  return await workInThread<readonly Story[]>({ articles, context });
}

/** As findNearStories, which it calls in the same way. */
export async function findNearAside(
  articles: readonly Candidate[],
  context: NearContext,
  mostAtOnce = MOST_AT_ONCE,
): Promise<readonly NearStories[]> {
  if (articles.length <= mostAtOnce)
    return findNearStories(context.stories, articles, context.background);
  return await workInThread<readonly NearStories[]>({ articles, context });
}

function workInThread<Result>(task: ClusterTask): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`The thread that clusters ended with code ${code}.`));
    });
  });
}
