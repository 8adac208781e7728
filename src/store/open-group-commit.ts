import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from './open-store.ts';
import { writeTogether } from './write-together.ts';

/** Writes of many senders that share one transaction, and with it one wait for the disk. */
export interface GroupCommit {
  /** Runs `work` in the next transaction, after all that was given before; resolves when it is on the disk. */
  write<T>(work: (store: Store) => Promise<T>): Promise<T>;
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

  async function commitGroups(): Promise<void> {
    while (waiting.length > 0) {
      await gatherGroup();
      const group = waiting;
      waiting = [];
      await commitGroup(store, group);
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

  return {
    write<T>(work: (store: Store) => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
        if (isBusy) return;
        isBusy = true;
        void commitGroups();
      });
    },
  };
}

async function commitGroup(store: Store, group: readonly Waiting[]): Promise<void> {
  try {
    const values: unknown[] = [];
    await writeTogether(store, async (inside) => {
      for (const { work } of group) values.push(await work(inside));
    });
    group.forEach(({ resolve }, place) => resolve(values[place]));
  } catch (error) {
    const [first, ...others] = group;
    if (others.length === 0) first?.reject(error);
    else for (const one of group) await commitGroup(store, [one]);
  }
}
