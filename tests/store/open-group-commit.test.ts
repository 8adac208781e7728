import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openGroupCommit } from '../../src/store/open-group-commit.ts';
import type { Store } from '../../src/store/open-store.ts';
import { makeFolder, openSampleStore } from './sample-store.ts';

const save = (key: string) => async (store: Store) => {
  await store.db.insertInto('meta').values({ key, value: key }).execute();
  return key;
};

async function listKeys(store: Store): Promise<readonly string[]> {
  const rows = await store.db.selectFrom('meta').select('key').orderBy('key').execute();
  return rows.map(({ key }) => key).filter((key) => /^[a-z]$/.test(key));
}

test('What is written at the same time shares a transaction, in order, and each gets its own answer', async () => {
  const store = await openSampleStore();
  const ledger = openGroupCommit(store);
  const seen: string[][] = [];
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((key) =>
      ledger.write(async (inside) => {
        seen.push([...(await listKeys(inside))]);
        expect(inside.db.isTransaction).toBe(true);
        return await save(key)(inside);
      }),
    ),
  );
  expect(answers).toEqual(['a', 'b', 'c']);
  expect(seen).toEqual([[], ['a'], ['a', 'b']]);
  expect(await listKeys(store)).toEqual(['a', 'b', 'c']);
});

test('Nothing counts as written before the transaction is through', async () => {
  const store = await openSampleStore();
  const ledger = openGroupCommit(store);
  const order: string[] = [];
  await Promise.all([
    ledger.write(save('a')).then(() => order.push('a is written')),
    ledger.write(async () => {
      await Promise.resolve();
      order.push('the transaction still runs');
    }),
  ]);
  expect(order).toEqual(['the transaction still runs', 'a is written']);
});

test('A write that fails takes nobody with it', async () => {
  const store = await openSampleStore();
  const ledger = openGroupCommit(store);
  const fail = () => Promise.reject(new Error('no'));
  const ends = await Promise.allSettled([
    ledger.write(save('a')),
    ledger.write(fail),
    ledger.write(save('b')),
  ]);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await listKeys(store)).toEqual(['a', 'b']);
});

test('What the store refuses fails alone, and the next write may succeed', async () => {
  const store = await openSampleStore();
  const ledger = openGroupCommit(store);
  const twice = [ledger.write(save('a')), ledger.write(save('a'))];
  const ends = await Promise.allSettled(twice);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await ledger.write(save('b'))).toBe('b');
});

test('What the disk does not confirm is refused, although it can be read already', async () => {
  const store = await openSampleStore();
  const path = join(makeFolder(), 'unsound');
  // A device that takes every byte and cannot say that it is safe: fdatasync(2) fails on it.
  symlinkSync('/dev/null', `${path}-wal`);
  const ledger = openGroupCommit({ db: store.db, path });
  const ends = await Promise.allSettled([ledger.write(save('a')), ledger.write(save('b'))]);
  await ledger.close();
  expect(ends.map((end) => end.status === 'rejected' && String(end.reason))).toEqual([
    expect.stringContaining('fdatasync'),
    expect.stringContaining('fdatasync'),
  ]);
  expect(await listKeys(store)).toEqual(['a', 'b']);
});
