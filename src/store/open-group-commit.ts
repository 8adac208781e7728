import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import { writeTogether } from './write-together.ts';

/** Writes of many senders that share one transaction, and with it one wait for the disk. */
export interface GroupCommit {
  /** Runs `work` in the next transaction, after all that was given before; resolves when it is on the disk. */
  write<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** To be called when nothing is under way any more. */
  close(): Promise<void>;
}

interface Waiting {
  readonly work: (store: Store) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Turns of the event loop that a group is waited for at most. */
const MOST_TURNS = 100;

/** Opens a group commit on a store. A work that fails takes nobody with it: the others are written one by one. */
export function openGroupCommit(store: Store): GroupCommit {
  let waiting: Waiting[] = [];
  let isBusy = false;
  let journal: FileHandle | null = null;

  async function commitGroups(): Promise<void> {
    while (waiting.length > 0) {
      await gatherGroup();
      const group = waiting;
      waiting = [];
      await commitGroup(group);
    }
    isBusy = false;
  }

  /** As long as every turn brings another write, the disk can wait: a lone sender waits one turn, a hundred come together. */
  async function gatherGroup(): Promise<void> {
    let seen = 0;
    for (let turn = 0; turn < MOST_TURNS && waiting.length > seen; turn += 1) {
      seen = waiting.length;
      await nextTurn();
    }
  }

  async function commitGroup(group: readonly Waiting[]): Promise<void> {
    let isWritten = false;
    try {
      const values: unknown[] = [];
      await writeUnsynced(store, async (inside) => {
        for (const { work } of group) values.push(await work(inside));
      });
      isWritten = true;
      await syncJournal();
      group.forEach(({ resolve }, place) => resolve(values[place]));
    } catch (error) {
      const isAlone = group.length === 1;
      for (const one of group)
        if (isWritten || isAlone) one.reject(error);
        else await commitGroup([one]);
    }
  }

  /** Waits for the disk on a thread of Node's own pool; the connections go on meanwhile. */
  async function syncJournal(): Promise<void> {
    journal ??= await open(`${store.path}-wal`, 'r+');
    await journal.datasync();
  }

  return {
    write<T>(work: (store: Store) => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
        if (isBusy) return;
        isBusy = true;
        void commitGroups();
      });
    },
    async close() {
      await journal?.close();
      journal = null;
    },
  };
}

/**
 * A transaction that is in SQLite's write-ahead log but maybe not on the disk yet (https://sqlite.org/pragma.html#pragma_synchronous):
 * SQLite itself waits for the disk on the thread that does all the rest. Only this transaction is so: the connection is held meanwhile.
 */
async function writeUnsynced(store: Store, work: (store: Store) => Promise<void>): Promise<void> {
  await store.db.connection().execute(async (db) => {
    await sql`pragma synchronous = normal`.execute(db);
    try {
      await writeTogether({ db, path: store.path }, work);
    } finally {
      await sql`pragma synchronous = full`.execute(db);
    }
  });
}
