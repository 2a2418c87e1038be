import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import { nameOfStatement, observeQueries } from './observe-queries';
import { sqlFile } from './sql-file';

const LOCK = sqlFile(__dirname, 'sql/lock_writers.sql');

/** A pool with one client whose statements answer as told. */
function observed(answer: (...parameters: unknown[]) => unknown) {
  const pool = new EventEmitter();
  const seen: string[] = [];
  observeQueries(pool as unknown as Pool, (name) => {
    seen.push(name);
    return (error) => seen.push(error instanceof Error ? `failed: ${error.message}` : 'ended');
  });
  const client = { query: answer };
  // Lent twice, as pools do: watched once.
  pool.emit('acquire', client);
  pool.emit('acquire', client);
  return { client, seen };
}

describe('statements of a pool', () => {
  it('are measured under the name of their file, with transactions and the rest in two words', () => {
    expect(nameOfStatement(LOCK.text)).toBe('lock_writers');
    expect(nameOfStatement('BEGIN ISOLATION LEVEL REPEATABLE READ')).toBe('transaction');
    expect(nameOfStatement('START TRANSACTION')).toBe('transaction');
    expect(nameOfStatement('SELECT 1')).toBe('other');
  });

  it('are measured when their promise settles, failures too, and the caller gets the same promise', async () => {
    const failure = Promise.reject(new Error('no'));
    const { client, seen } = observed(() => failure);
    const answer = client.query(LOCK.text);
    expect(answer).toBe(failure);
    await expect(answer).rejects.toThrow('no');
    expect(seen).toEqual(['lock_writers', 'failed: no']);
  });

  it('are measured when the callback is called, with what it is called with', () => {
    const { client, seen } = observed((_text, _values, done) =>
      (done as (...r: unknown[]) => void)(null, { rows: [1] }),
    );
    const heard: unknown[] = [];
    client.query({ text: LOCK.text }, [1], (...results: unknown[]) => heard.push(...results));
    expect(heard).toEqual([null, { rows: [1] }]);
    expect(seen).toEqual(['lock_writers', 'ended']);
  });

  it('are left alone when they stream', () => {
    const copy = { text: 'COPY t FROM STDIN', submit: () => undefined };
    const { client, seen } = observed((first) => first);
    expect(client.query(copy)).toBe(copy);
    expect(seen).toEqual([]);
  });
});
