/**
 * A typed door to libsql. libsql aborts the process when a boolean or a lone Buffer is bound, so every value is
 * checked here and always bound in an array; it is used in the store's worker only.
 */
import Libsql from 'libsql';

export type SqlValue = number | bigint | string | Uint8Array | null;
export type Row = Readonly<Record<string, SqlValue>>;

export class Sqlite {
  readonly #database: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement>();

  constructor(path: string) {
    this.#database = new Libsql(path);
  }

  /** Runs statements that return nothing and take no values. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  run(sql: string, values: readonly SqlValue[] = []): void {
    this.#prepare(sql).run(check(values));
  }

  all(sql: string, values: readonly SqlValue[] = []): Row[] {
    // libsql adds a key of its own to rows.
    return (this.#prepare(sql).all(check(values)) as Record<string, SqlValue>[]).map(({ _metadata, ...row }) => row);
  }

  /** Runs `work` in one transaction that is rolled back if it throws. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      try {
        this.exec('ROLLBACK');
      } catch {
        // SQLite rolled back by itself (disk full, I/O error).
      }
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Libsql.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function check(values: readonly SqlValue[]): SqlValue[] {
  for (const value of values) {
    const kind = typeof value;
    const bindable = kind === 'string' || kind === 'number' || kind === 'bigint';
    if (!bindable && value !== null && !(value instanceof Uint8Array)) {
      throw new TypeError(`cannot bind a ${kind} to SQL`);
    }
  }
  return [...values];
}
