import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { BriefingError } from '../domain/briefing-error.ts';
import { sqliteDialect } from './dialect.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Schema } from './schema.ts';

/** An open store. Functions of this folder take it first; nobody else speaks SQL. */
export interface Store {
  readonly db: Kysely<Schema>;
  readonly path: string;
}

/** The store plus what ends and copies it. */
export interface OpenStore extends Store {
  /** Writes a consistent copy while others read and write. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens (and creates, and migrates under the write lock) the store at `path`. Throws BriefingError when the disk or another process is in the way. */
export function openStore(path: string, busyTimeoutMs = 5_000): OpenStore {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const database = openDatabase(path, busyTimeoutMs);
    const dialect = sqliteDialect(database, (error) => explainStoreFault(error, path));
    const db = new Kysely<Schema>({ dialect });
    return {
      db,
      path,
      backup: async (file) => {
        await backup(database, file);
      },
      close: async () => {
        await db.destroy();
        if (database.isOpen) database.close();
      },
    };
  } catch (error) {
    throw explainStoreFault(error, path);
  }
}

function openDatabase(path: string, busyTimeoutMs: number): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    switchToWal(database, busyTimeoutMs);
    database.exec('pragma synchronous = full; pragma foreign_keys = on;');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const WAL_RETRY_MS = 20;

/** SQLite does not wait for its busy timeout when the journal mode changes, so two first starts at once would refuse one. */
function switchToWal(database: DatabaseSync, timeoutMs: number): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      database.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      const isBusy = error instanceof Error && error.message.includes('locked');
      if (!isBusy || performance.now() >= end) throw error;
      Atomics.wait(sleeper, 0, 0, WAL_RETRY_MS);
    }
  }
}

function migrate(database: DatabaseSync): void {
  database.exec(
    'create table if not exists migrations (version integer primary key, name text not null) strict',
  );
  const newest = MIGRATIONS.at(-1)?.version ?? 0;
  const current = Math.max(0, ...readVersions(database));
  if (current > newest) {
    throw new BriefingError(
      'unavailable',
      `The store was made by a newer daybrief (its version is ${current}, this program knows ${newest}). Upgrade daybrief, or restore a backup made before the upgrade.`,
    );
  }
  if (listMissing(database).length === 0) return;
  database.exec('begin immediate');
  try {
    for (const migration of listMissing(database)) {
      database.exec(migration.sql);
      database
        .prepare('insert into migrations (version, name) values (?, ?)')
        .run(migration.version, migration.name);
    }
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}

/** In the order of their numbers. One may be missing below the newest: of two made side by side the higher can arrive first. */
function listMissing(database: DatabaseSync): typeof MIGRATIONS {
  const done = readVersions(database);
  return MIGRATIONS.filter(({ version }) => !done.has(version));
}

function readVersions(database: DatabaseSync): ReadonlySet<number> {
  const rows = database.prepare('select version from migrations').all();
  return new Set(rows.map(({ version }) => Number(version)));
}

/** Turns what SQLite or the file system says into what a person can do; anything else is returned as it is. */
export function explainStoreFault(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof BriefingError) return error;
  const text = `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}`;
  const fault = STORE_FAULTS.find(({ pattern }) => pattern.test(text));
  return fault ? new BriefingError(fault.code, fault.explain(path), { cause: error }) : error;
}

const STORE_FAULTS: readonly {
  pattern: RegExp;
  code: 'conflict' | 'unavailable';
  explain: (path: string) => string;
}[] = [
  {
    pattern: /database is locked|SQLITE_BUSY/,
    code: 'conflict',
    explain: (path) =>
      `Another program holds the store ${path} locked. Wait until it is done, or stop it, and try again; nothing is lost.`,
  },
  {
    pattern: /readonly database|EACCES|EROFS|EPERM/,
    code: 'unavailable',
    explain: (path) =>
      `The store ${path} cannot be written: the file or its folder is read-only. Make the folder writable, or choose another with --data.`,
  },
  {
    pattern: /unable to open database|ENOTDIR|EEXIST|ENOENT/,
    code: 'unavailable',
    explain: (path) =>
      `The store ${path} cannot be opened: its folder is missing or cannot be made there. Check the path, or choose another with --data.`,
  },
  {
    pattern: /not a database|malformed/,
    code: 'unavailable',
    explain: (path) =>
      `The file ${path} is damaged or not a daybrief store. Put back your last backup, or choose another folder with --data.`,
  },
  {
    pattern: /disk is full|ENOSPC/,
    code: 'unavailable',
    explain: (path) =>
      `The disk that holds ${path} is full. Free some space and try again; nothing was lost.`,
  },
  {
    pattern: /disk I\/O error|\bEIO\b/,
    code: 'unavailable',
    explain: (path) =>
      `The disk that holds ${path} fails. Look into the system's log, and put back your last backup on a sound disk with --data.`,
  },
];
