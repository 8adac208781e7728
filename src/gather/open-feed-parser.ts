import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ParseTask } from './parse-feed-worker.ts';
import { parseFeed, type ParsedFeed, type Unreadable } from './parse-feed.ts';

/** Parses feeds without ever stopping the program for long. */
export interface FeedParser {
  /** As parseFeed, which it calls; a large document is read in a thread of its own, one after another. */
  parse(
    bytes: Uint8Array,
    options: { readonly contentType: string | null; readonly url: string | null },
  ): Promise<ParsedFeed | Unreadable>;
}

const LARGE_BYTES = 250_000;
const WORKER = new URL(`./parse-feed-worker${extname(import.meta.filename)}`, import.meta.url);
const LIMITS = { parseMs: 10_000, memoryMb: 128 };

/** Opens a parser; texts stay as the feed wrote them, because every text of an article becomes plain text anyway. */
export function openFeedParser(limits: Partial<typeof LIMITS> = {}): FeedParser {
  const { parseMs, memoryMb } = { ...LIMITS, ...limits };
  let turn: Promise<unknown> = Promise.resolve();
  return {
    async parse(bytes, options) {
      const task = { bytes, options: { ...options, isRaw: true } };
      if (bytes.length < LARGE_BYTES) return parseFeed(bytes, task.options);
      const parsed = turn.then(() => parseAside(task, { parseMs, memoryMb }));
      turn = parsed;
      return await parsed;
    },
  };
}

/** Never rejects: a document that breaks its thread is one that cannot be read. */
function parseAside(task: ParseTask, limits: typeof LIMITS): Promise<ParsedFeed | Unreadable> {
  return new Promise((resolve) => {
    const worker = new Worker(WORKER, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 16 },
    });
    const settle = (result: ParsedFeed | Unreadable): void => {
      clearTimeout(timer);
      resolve(result);
      void worker.terminate();
    };
    const fail = (error: string): void => settle({ error, alternates: [] });
    const timer = setTimeout(() => {
      fail(`The document takes longer than ${limits.parseMs / 1000} seconds to read.`);
    }, limits.parseMs);
    worker.once('message', settle);
    worker.once('error', (error: NodeJS.ErrnoException) => {
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      fail(`The document ${isFull ? 'needs more memory than a feed may take' : 'cannot be read'}.`);
    });
  });
}
