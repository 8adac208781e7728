import { parentPort, workerData } from 'node:worker_threads';
import { parseFeed } from './parse-feed.ts';

/** What open-feed-parser hands to its worker. */
export interface ParseTask {
  readonly bytes: Uint8Array;
  readonly options: Parameters<typeof parseFeed>[1];
}

const { bytes, options } = workerData as ParseTask;
parentPort?.postMessage(parseFeed(bytes, options));
