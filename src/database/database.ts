import type { Writable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Client, Pool, PoolClient, type QueryConfig } from 'pg';
import { isSilence, isStalePlan } from '../common/dependency-down';
import { preparedName, sqlFile, SqlStatement } from './sql-file';

const CANCEL_BACKENDS = sqlFile(__dirname, 'sql/cancel_backends.sql');

/** It waits for no lock: what does not begin in this time goes to a connection that has gone silent. */
const BEGIN_MS = 5_000;
const BEGIN_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** How a transaction is opened. */
export interface TransactionOptions {
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
}

/** SQL on the process's one pool (TypeORM's own). */
@Injectable()
export class Database {
  private readonly lent = new Set<Loan>();

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
    const loan = await this.lend();
    try {
      return await work(loan.client);
    } catch (error) {
      loan.note(error);
      throw error;
    } finally {
      loan.end();
    }
  }

  /**
   * Runs `work`, which only reads, on one snapshot of the database. What is asked without waiting for the statement before
   * is sent at once (pipelining), BEGIN together with the first statement; nobody waits for the end of the transaction,
   * after which there is nothing to tell.
   */
  async snapshot<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const loan = await this.lend();
    const { client } = loan;
    setPipelining(client, true);
    try {
      const result = await inSnapshot(client, work);
      this.finish(loan, 'COMMIT');
      return result;
    } catch (error) {
      loan.note(error);
      this.finish(loan, 'ROLLBACK');
      throw error;
    }
  }

  /**
   * Cancels what still runs on connections that are lent: for the end of a process, when requests and jobs have been waited
   * for. What is read then is read for nobody, and the server would go on with it after the process. Never throws.
   */
  async cancelRunning(): Promise<void> {
    const pids = [...this.lent].map(({ pid }) => pid);
    if (pids.length === 0) return;
    // The pool may have no connection left.
    const client = new Client({ connectionString: this.connectionString, connectionTimeoutMillis: BEGIN_MS });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query({ text: CANCEL_BACKENDS.text, values: [pids], query_timeout: BEGIN_MS } as QueryConfig);
    } catch {
      // A server that cannot be reached runs nothing that could be cancelled from here.
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async lend(): Promise<Loan> {
    const loan = new Loan(await this.pool.connect(), () => this.lent.delete(loan));
    this.lent.add(loan);
    return loan;
  }

  private finish(loan: Loan, statement: 'COMMIT' | 'ROLLBACK'): void {
    const { client } = loan;
    client
      .query({ text: statement, query_timeout: BEGIN_MS } as QueryConfig)
      .catch((error: unknown) => loan.give(error as Error))
      .finally(() => {
        setPipelining(client, false);
        loan.end();
      });
  }

  /** Commits what `work` did, or, when it throws, nothing of it. */
  async transaction<T>(work: (client: PoolClient) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.withClient(async (client) => {
      const isolation = options.isolation ?? 'read committed';
      await client.query({ text: `BEGIN ISOLATION LEVEL ${isolation}`, query_timeout: BEGIN_MS } as QueryConfig);
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

/** A connection that is lent: hears of its loss, and comes back to the pool as what it is by then. */
class Loan {
  private lost: Error | undefined;
  // Between two queries a lost connection is an 'error' event that nobody hears: it would end the process.
  private readonly onError = (error: Error): void => this.give(error);

  constructor(
    readonly client: PoolClient,
    private readonly onEnd: () => void,
  ) {
    client.on('error', this.onError);
  }

  /** of the server's process */
  get pid(): number {
    return (this.client as unknown as { processID: number }).processID;
  }

  /** What a statement failed of: plans live as long as their connection, and one that went silent stays so. */
  note(error: unknown): void {
    if (isStalePlan(error) || isSilence(error)) this.give(error as Error);
  }

  /** Not to be lent again: it would fail again and again. */
  give(error: Error): void {
    this.lost = error;
  }

  end(): void {
    this.onEnd();
    this.client.removeListener('error', this.onError);
    this.client.release(this.lost);
  }
}

/** BEGIN and the first statement of `work` in one packet. */
async function inSnapshot<T>(client: PoolClient, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  const begun = client.query({ text: BEGIN_SNAPSHOT, query_timeout: BEGIN_MS } as QueryConfig);
  const running = work(client);
  stream.uncork();
  // Heard of below; until then it must not count as unheard.
  begun.catch(() => undefined);
  try {
    return await running;
  } catch (error) {
    // What BEGIN failed of is why everything after it did.
    await begun;
    throw error;
  }
}

/**
 * Whether statements are sent before those asked for earlier have been answered. The driver takes it as an option for the
 * whole life of a connection; loads need the same connections without it, since COPY is refused on a pipeline.
 */
function setPipelining(client: PoolClient, wanted: boolean): void {
  (client as unknown as { pipeline: boolean }).pipeline = wanted;
}
