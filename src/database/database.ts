import { Injectable } from '@nestjs/common';
import { Pool, PoolClient, type QueryConfig } from 'pg';
import { isSilence, isStalePlan } from '../common/dependency-down';
import { preparedName, SqlStatement } from './sql-file';

/** It waits for no lock: what does not begin in this time goes to a connection that has gone silent. */
const BEGIN_MS = 5_000;

/** How a transaction is opened. */
export interface TransactionOptions {
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readOnly?: boolean;
}

/** SQL on the process's one pool (TypeORM's own). */
@Injectable()
export class Database {
  /** `connectionString`: what a worker thread opens its own connection with; the session settings are part of it. */
  constructor(
    private readonly pool: Pool,
    readonly connectionString: string,
  ) {}

  /** Runs one statement of a .sql file; `values` are its $1, $2, … */
  async query<Row>(sql: SqlStatement, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.pool.query({ text: sql.text, values: [...values] });
    return result.rows as Row[];
  }

  /**
   * As query, for what is asked again and again: each connection parses it once, and plans it once where the plan does not
   * depend on the values.
   *
   * @param timeoutMs after which a server that says nothing is taken for lost, and the connection is given up
   */
  async queryPrepared<Row>(sql: SqlStatement, values: readonly unknown[] = [], timeoutMs?: number): Promise<Row[]> {
    const statement = { name: preparedName(sql), text: sql.text, values: [...values], query_timeout: timeoutMs };
    return this.withClient(async (client) => (await client.query(statement)).rows as Row[]);
  }

  /** Lends one connection for the time of `work`. */
  async withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let lost: Error | undefined;
    // Between two queries a lost connection is an 'error' event that nobody hears: it would end the process.
    const onError = (error: Error) => {
      lost = error;
    };
    client.on('error', onError);
    try {
      return await work(client);
    } catch (error) {
      // Plans live as long as their connection, and one that went silent stays so: in the pool, it would fail again and again.
      if (isStalePlan(error) || isSilence(error)) lost = error as Error;
      throw error;
    } finally {
      client.removeListener('error', onError);
      client.release(lost);
    }
  }

  /** Commits what `work` did, or, when it throws, nothing of it. */
  async transaction<T>(work: (client: PoolClient) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.withClient(async (client) => {
      const isolation = options.isolation ?? 'read committed';
      const text = `BEGIN ISOLATION LEVEL ${isolation}${options.readOnly ? ' READ ONLY' : ''}`;
      await client.query({ text, query_timeout: BEGIN_MS } as QueryConfig);
      try {
        const result = await work(client);
        const end = await client.query('COMMIT');
        // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
        if (end.command !== 'COMMIT') throw new Error('A statement of the transaction failed and was not reported.');
        return result;
      } catch (error) {
        // On a lost connection there is nothing left to roll back; the first error is the one to tell.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }
}
