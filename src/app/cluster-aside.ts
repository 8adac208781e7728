import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { clusterDay, type ClusterContext } from '../cluster/cluster-day.ts';
import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import type { ClusterTask } from './cluster-aside-worker.ts';

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
  return await clusterInThread({ articles, context });
}

function clusterInThread(task: ClusterTask): Promise<readonly Story[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`The thread that clusters ended with code ${code}.`));
    });
  });
}
