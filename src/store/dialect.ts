import type { DatabaseSync } from 'node:sqlite';
import { type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';

/**
 * Kysely over node:sqlite. Every transaction takes the write lock at its start, so it never fails half-way for lack of it.
 * What SQLite throws passes through `explain`.
 */
export function sqliteDialect(
  database: DatabaseSync,
  explain: (error: unknown) => unknown,
): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () => createDriver(database, createConnection(database, explain)),
  };
}

function createDriver(database: DatabaseSync, connection: DatabaseConnection): Driver {
  let queue: Promise<void> = Promise.resolve();
  let release: () => void = () => {};
  return {
    init: async () => {},
    acquireConnection: async () => {
      const turn = queue;
      let done: () => void = () => {};
      queue = new Promise((resolve) => (done = resolve));
      await turn;
      release = done;
      return connection;
    },
    releaseConnection: () => Promise.resolve(release()),
    beginTransaction: (c) => run(c, 'begin immediate'),
    commitTransaction: (c) => run(c, 'commit'),
    // A full disk or a failing one has ended the transaction already (https://sqlite.org/lang_transaction.html), and what happened must not hide behind that.
    rollbackTransaction: async (c) => {
      if (database.isTransaction) await run(c, 'rollback');
    },
    destroy: async () => {},
  };
}

async function run(connection: DatabaseConnection, sql: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(sql));
}

interface Prepared {
  readonly statement: StatementSync;
  /** True when it gives back rows. */
  readonly isQuery: boolean;
}

function createConnection(
  database: DatabaseSync,
  explain: (error: unknown) => unknown,
): DatabaseConnection {
  const statements = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    const prepared = { statement, isQuery: statement.columns().length > 0 };
    if (statements.size < 500) statements.set(sql, prepared);
    return prepared;
  };
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- a synchronous driver behind an asynchronous interface: throws become rejections
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const values = query.parameters.map(toSqlValue);
      try {
        const { statement, isQuery } = prepare(query.sql);
        if (isQuery) return { rows: statement.all(...values) as R[] };
        const result = statement.run(...values);
        return { rows: [], numAffectedRows: BigInt(result.changes) };
      } catch (error) {
        throw explain(error);
      }
    },
    async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      const values = query.parameters.map(toSqlValue);
      for (const row of database.prepare(query.sql).iterate(...values)) {
        yield { rows: [row as R] };
        await Promise.resolve();
      }
    },
  };
}

/** node:sqlite binds a Date or an object as NULL without a word, so only what it stores faithfully may pass. */
function toSqlValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} cannot be stored: convert it first`);
}
