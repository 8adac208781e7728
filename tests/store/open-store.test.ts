import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BriefingError } from '../../src/domain/briefing-error.ts';
import { findOrCreateSecret } from '../../src/store/meta.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { listNewsletters } from '../../src/store/newsletters.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startNode } from '../start-node.ts';
import { makeFolder, NEWSLETTER, openSampleStore } from './sample-store.ts';

describe('opening a store', () => {
  test('two, four, six processes at once make one schema, each migration once', async () => {
    for (const processes of [2, 4, 6]) {
      const path = join(makeFolder(), 'deep', 'store.sqlite');
      const script = `
        import { openStore } from 'SRC/store/open-store.ts';
        const store = openStore(${JSON.stringify(path)});
        await store.db.insertInto('meta').values({ key: String(process.pid), value: 'was here' }).execute();
        await store.close();`;
      const children = Array.from({ length: processes }, () => startNode(script));
      const ends = await Promise.all(children.map(({ ended }) => ended));
      expect(ends).toEqual(ends.map(() => ({ code: 0, output: '', errors: '' })));
      const store = openStore(path);
      const { rows } = await sql`select version from migrations order by version`.execute(store.db);
      const visits = await store.db.selectFrom('meta').selectAll().execute();
      await store.close();
      expect(rows).toEqual(MIGRATIONS.map(({ version }) => ({ version })));
      expect(visits.length).toBe(processes);
    }
  });

  test('runs every migration it lacks, also one below the newest', async () => {
    const path = join(makeFolder(), 'store.sqlite');
    await openStore(path).close();
    const older = new DatabaseSync(path);
    older.exec(`
      drop table word_counts;
      drop table counted_languages;
      drop index articles_to_count;
      alter table articles drop column is_counted;
      delete from migrations where version = 6`);
    older.close();
    const store = await openSampleStore(path);
    expect(await store.db.selectFrom('word_counts').selectAll().execute()).toEqual([]);
    const { rows } = await sql`select version from migrations order by version`.execute(store.db);
    expect(rows).toEqual(MIGRATIONS.map(({ version }) => ({ version })));
  });

  test('again finds what was saved, and the same secret', async () => {
    const path = join(makeFolder(), 'store.sqlite');
    const first = openStore(path);
    const secret = await findOrCreateSecret(first);
    await first.close();
    const store = await openSampleStore(path);
    expect(await findOrCreateSecret(store)).toBe(secret);
    expect(Buffer.from(secret, 'base64url').length).toBeGreaterThanOrEqual(16);
    expect(await listNewsletters(store)).toEqual([NEWSLETTER]);
  });

  test('keeps what it promised: write-ahead log, full sync, foreign keys', async () => {
    const store = await openSampleStore();
    const read = async (name: string): Promise<unknown> => {
      const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(store.db);
      return rows[0]?.[name];
    };
    expect(await read('journal_mode')).toBe('wal');
    expect(await read('synchronous')).toBe(2);
    expect(await read('foreign_keys')).toBe(1);
  });

  test('a schema made by a newer daybrief is refused and left as it is', async () => {
    const path = join(makeFolder(), 'store.sqlite');
    await openStore(path).close();
    const newer = new DatabaseSync(path);
    newer.exec(`insert into migrations (version, name) values (9999, 'from the future')`);
    newer.close();
    const before = readFileSync(path);
    const error = catchError(() => openStore(path));
    expect(error).toBeInstanceOf(BriefingError);
    expect(error).toMatchObject({ code: 'unavailable' });
    expect((error as Error).message).toMatch(/newer daybrief.*9999.*Upgrade/s);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}-wal`), 'the refused store was closed again').toBe(false);
  });
});

describe('a store that cannot be opened', () => {
  test.each([
    ['a folder that is read-only', 'folder'],
    ['a file that is read-only', 'file'],
  ])('for %s says that it cannot be written', async (_what, part) => {
    const folder = makeFolder();
    const path = join(folder, 'store.sqlite');
    if (part === 'file') await openStore(path).close();
    if (part === 'file') chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    const script = `
      import { openStore } from 'SRC/store/open-store.ts';
      try { openStore(${JSON.stringify(path)}); } catch (error) { console.log(error.code, error.message); }`;
    // root may write everywhere, so another user tries
    const isRoot = process.getuid?.() === 0;
    const { output, errors } = await startNode(script, isRoot ? { uid: 65_534 } : {}).ended;
    expect(errors).toBe('');
    expect(output).toMatch(/^unavailable The store .* cannot be (written|opened)/);
    expect(output).toContain(path);
    expect(output).toContain('--data');
  });

  test.each([
    ['random bytes', (path: string) => writeFileSync(path, 'not a database '.repeat(500))],
    ['a damaged page', damage],
  ])('because the file is %s says so', async (_what, spoil) => {
    const path = join(makeFolder(), 'store.sqlite');
    await openStore(path).close();
    spoil(path);
    const error = catchError(() => openStore(path));
    expect(error).toMatchObject({ code: 'unavailable' });
    expect((error as Error).message).toMatch(/is damaged or not a daybrief store.*backup/s);
  });

  test('because its folder is a file says so', () => {
    const file = join(makeFolder(), 'file');
    writeFileSync(file, '');
    expect(catchError(() => openStore(join(file, 'store.sqlite')))).toMatchObject({
      name: 'BriefingError',
      code: 'unavailable',
    });
  });

  test('because the path is a folder says so', () => {
    const path = join(makeFolder(), 'store.sqlite');
    mkdirSync(path);
    expect(catchError(() => openStore(path))).toMatchObject({
      name: 'BriefingError',
      code: 'unavailable',
    });
  });
});

describe('a store another program holds locked', () => {
  test('is a conflict when it is opened for the first time', () => {
    const path = join(makeFolder(), 'store.sqlite');
    holdLock(path);
    const error = catchError(() => openStore(path, 20));
    expect(error).toMatchObject({ name: 'BriefingError', code: 'conflict' });
    expect((error as Error).message).toContain(path);
  });

  test('is a conflict for a write, and works again when the lock is gone', async () => {
    const path = join(makeFolder(), 'store.sqlite');
    const store = openStore(path, 20);
    onTestFinished(() => store.close());
    const release = holdLock(path);
    const write = () => store.db.insertInto('meta').values({ key: 'k', value: 'v' }).execute();
    await expect(write()).rejects.toMatchObject({ name: 'BriefingError', code: 'conflict' });
    const inTransaction = store.db.transaction().execute(() => Promise.resolve());
    await expect(inTransaction).rejects.toMatchObject({ name: 'BriefingError', code: 'conflict' });
    release();
    await write();
    expect(await store.db.selectFrom('meta').select('value').execute()).toEqual([{ value: 'v' }]);
  });

  test('is waited for as long as the lock is short', async () => {
    const path = join(makeFolder(), 'store.sqlite');
    const store = await openSampleStore(path);
    const other = startNode(`
      import { DatabaseSync } from 'node:sqlite';
      const database = new DatabaseSync(${JSON.stringify(path)});
      database.exec('begin immediate');
      console.log('locked');
      setTimeout(() => { database.exec('commit'); database.close(); }, 300);`);
    await other.untilItSpeaks();
    await store.db.insertInto('meta').values({ key: 'k', value: 'v' }).execute();
    expect((await other.ended).code).toBe(0);
  });
});

describe('what cannot be stored faithfully', () => {
  test.each([
    ['a Date', new Date(0)],
    ['an object', { a: 1 }],
    ['a list', ['a']],
    ['nothing at all', undefined],
    ['a symbol', Symbol('x')],
  ])('%s is a TypeError, not a silent NULL', async (_what, value) => {
    const store = await openSampleStore();
    const bound = sql`select ${value} as value`.execute(store.db);
    await expect(bound).rejects.toBeInstanceOf(TypeError);
  });

  test('texts, numbers, flags, bytes and null come back as they were', async () => {
    const store = await openSampleStore();
    const ask = sql`select ${'é\u0000😀'} as text, ${1.5} as number, ${true} as yes,
      ${new Uint8Array([7])} as bytes, ${null} as none`;
    expect((await ask.execute(store.db)).rows).toEqual([
      { text: 'é\u0000😀', number: 1.5, yes: 1, bytes: new Uint8Array([7]), none: null },
    ]);
  });
});

describe('a transaction', () => {
  test('that throws leaves nothing behind, and the next one works', async () => {
    const store = await openSampleStore();
    const broken = store.db.transaction().execute(async (trx) => {
      await trx.insertInto('meta').values({ key: 'k', value: 'v' }).execute();
      throw new Error('changed my mind');
    });
    await expect(broken).rejects.toThrow('changed my mind');
    expect(await store.db.selectFrom('meta').selectAll().execute()).toEqual([]);
    await store.db.transaction().execute(async (trx) => {
      await trx.insertInto('meta').values({ key: 'k', value: 'v' }).execute();
    });
  });

  test('that finds the disk full says so, leaves nothing behind, and the next one works', async () => {
    const store = await openSampleStore();
    const countPages = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
    const most = (countPages.rows[0]?.page_count ?? 0) + 2;
    await sql.raw(`pragma max_page_count = ${most}`).execute(store.db);
    const save = (size: number) =>
      store.db.transaction().execute(async (trx) => {
        for (const key of ['a', 'b'])
          await trx
            .insertInto('meta')
            .values({ key, value: 'x'.repeat(size) })
            .execute();
      });
    await expect(save(9_000)).rejects.toMatchObject({
      name: 'BriefingError',
      code: 'unavailable',
      message: expect.stringMatching(/disk .* is full/) as string,
    });
    expect(await store.db.selectFrom('meta').selectAll().execute()).toEqual([]);
    await save(9);
    expect(await store.db.selectFrom('meta').select('key').execute()).toHaveLength(2);
  });

  test('does not mix with others of the same process', async () => {
    const store = await openSampleStore();
    await store.db.insertInto('meta').values({ key: 'count', value: '0' }).execute();
    const addOne = () =>
      store.db.transaction().execute(async (trx) => {
        const { value } = await trx
          .selectFrom('meta')
          .select('value')
          .where('key', '=', 'count')
          .executeTakeFirstOrThrow();
        await new Promise((resolve) => setTimeout(resolve, 1));
        await trx
          .updateTable('meta')
          .set({ value: String(Number(value) + 1) })
          .where('key', '=', 'count')
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, addOne));
    const { value } = await store.db.selectFrom('meta').select('value').executeTakeFirstOrThrow();
    expect(value).toBe('20');
  });
});

describe('a backup', () => {
  test('taken while another process writes is whole, and later ones never hold less', async () => {
    const folder = makeFolder();
    const store = await openSampleStore(join(folder, 'store.sqlite'));
    const writer = startNode(`
      import { openStore } from 'SRC/store/open-store.ts';
      const store = openStore(${JSON.stringify(store.path)});
      for (let i = 0; ; i += 1) {
        await store.db.transaction().execute(async (trx) => {
          await trx.insertInto('meta').values({ key: 'a' + i, value: 'x'.repeat(2000) }).execute();
          await trx.insertInto('meta').values({ key: 'b' + i, value: 'x'.repeat(2000) }).execute();
        });
        if (i === 200) console.log('busy');
        await new Promise((resolve) => setTimeout(resolve, 1));
      }`);
    onTestFinished(() => writer.kill());
    await writer.untilItSpeaks();
    const counts: number[] = [];
    for (const name of ['1.sqlite', '2.sqlite', '3.sqlite']) {
      const file = join(folder, name);
      await store.backup(file);
      const copy = new DatabaseSync(file, { readOnly: true });
      expect(copy.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
      counts.push(Number(copy.prepare('select count(*) as n from meta').get()?.['n']));
      copy.close();
    }
    writer.kill();
    await writer.ended;
    expect(counts[0]).toBeGreaterThanOrEqual(400);
    expect(
      counts.every((count) => count % 2 === 0),
      'no half transaction',
    ).toBe(true);
    expect(counts.toSorted((a, b) => a - b)).toEqual(counts);
  });

  test('opens as a store of its own', async () => {
    const store = await openSampleStore();
    const file = join(dirname(store.path), 'copy.sqlite');
    await store.backup(file);
    const copy = openStore(file);
    onTestFinished(() => copy.close());
    expect(await listNewsletters(copy)).toEqual([NEWSLETTER]);
  });

  test('copied by hand from a killed process still opens whole', async () => {
    const folder = makeFolder();
    const path = join(folder, 'store.sqlite');
    const writer = startNode(`
      import { openStore } from 'SRC/store/open-store.ts';
      const store = openStore(${JSON.stringify(path)});
      for (let i = 0; ; i += 1) {
        await store.db.insertInto('meta').values({ key: 'k' + i, value: 'v' }).execute();
        console.log('saved ' + i);
      }`);
    await writer.untilItSpeaks();
    writer.kill();
    const { output } = await writer.ended;
    const answered = Number(/saved (\d+)\n[^\n]*$/.exec(output)?.[1]);
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, `${path}.copy${suffix}`);
    const copy = openStore(`${path}.copy`);
    onTestFinished(() => copy.close());
    const rows = await copy.db.selectFrom('meta').selectAll().execute();
    expect(rows.length).toBeGreaterThanOrEqual(answered + 1);
  });
});

/** Takes every lock there is, as another program would. */
function holdLock(path: string): () => void {
  const other = new DatabaseSync(path);
  other.exec('begin exclusive');
  let isHeld = true;
  const release = (): void => {
    if (isHeld) other.close();
    isHeld = false;
  };
  onTestFinished(release);
  return release;
}

function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xff, 100, 4_096);
  writeFileSync(path, bytes);
}

function catchError(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return 'nothing was thrown';
}
