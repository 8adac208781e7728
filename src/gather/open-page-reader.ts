import { fork, type ChildProcess } from 'node:child_process';
import { extname, join } from 'node:path';
import type { FetchedPage } from './fetch-page.ts';
import type { PageTask } from './read-page-child.ts';
import type { PageArticle, PageOwner } from './read-page.ts';

/** Reads articles out of web pages in a process of its own, one page after another. */
export interface PageReader {
  /** As readPage; null too for a page that takes too long or too much memory. Never rejects. */
  read(page: FetchedPage, owner: PageOwner): Promise<PageArticle | null>;
  close(): Promise<void>;
}

const CHILD = join(import.meta.dirname, `read-page-child${extname(import.meta.filename)}`);
const LIMITS = { readMs: 5_000, memoryMb: 250 };

/**
 * Opens a reader; its process starts with the first page, and anew after one that broke it.
 * A thread would not do: one that runs out of memory can take the whole program with it.
 */
export function openPageReader(limits: Partial<typeof LIMITS> = {}): PageReader {
  const { readMs, memoryMb } = { ...LIMITS, ...limits };
  let child: ChildProcess | null = null;
  let turn: Promise<PageArticle | null> = Promise.resolve(null);
  return {
    read(page, owner) {
      turn = turn.then(async () => {
        child ??= startChild(memoryMb);
        const article = await askChild(child, { page, owner }, readMs);
        if (article === 'broken') child = null;
        return article === 'broken' ? null : article;
      });
      return turn;
    },
    async close() {
      await turn;
      child?.kill('SIGKILL');
    },
  };
}

/** What comes from strangers is read without our environment, where the passwords are. */
function startChild(memoryMb: number): ChildProcess {
  return fork(CHILD, {
    env: {},
    execArgv: [`--max-old-space-size=${memoryMb}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

function askChild(
  child: ChildProcess,
  task: PageTask,
  readMs: number,
): Promise<PageArticle | null | 'broken'> {
  return new Promise((resolve) => {
    const settle = (article: PageArticle | null | 'broken'): void => {
      clearTimeout(timer);
      child.off('message', listen).off('error', giveUp).off('exit', giveUp);
      resolve(article);
    };
    const listen = (message: unknown): void =>
      settle((message as { article: PageArticle | null }).article);
    const giveUp = (): void => {
      settle('broken');
      child.on('error', () => {}).kill('SIGKILL');
    };
    const timer = setTimeout(giveUp, readMs);
    child.on('message', listen).on('error', giveUp).on('exit', giveUp);
    child.send(task, (error) => error && giveUp());
  });
}
