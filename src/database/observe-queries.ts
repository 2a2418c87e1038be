import type { Pool, PoolClient } from 'pg';
import { statementName } from './sql-file';

/** Told of every statement when it begins, on the caller's account; what it returns is told when the statement ends. */
export type OnStatement = (name: string) => (error?: unknown) => void;

type Query = (...parameters: unknown[]) => unknown;
type Callback = (...parameters: unknown[]) => void;

const TRANSACTION = /^\s*(begin|start transaction|commit|rollback|savepoint|release)\b/i;

/** What a statement is measured under: the name of its file, or one of two words for text that came from no file. */
export function nameOfStatement(text: string): string {
  return statementName(text) ?? (TRANSACTION.test(text) ? 'transaction' : 'other');
}

/**
 * Watches the statements of every connection that the pool lends, by whatever way they are asked for (promise, or the
 * callback that the pool itself uses). What streams (COPY) has no one end and is left alone.
 */
export function observeQueries(pool: Pool, onStatement: OnStatement): void {
  const observed = new WeakSet<PoolClient>();
  // Not 'connect': TypeORM has opened a connection before anybody could listen.
  pool.on('acquire', (client) => {
    if (observed.has(client)) return;
    observed.add(client);
    observeClient(client, onStatement);
  });
}

function observeClient(client: PoolClient, onStatement: OnStatement): void {
  const target = client as unknown as { query: Query };
  const query = target.query.bind(client);
  target.query = (...parameters) => {
    const text = textOf(parameters[0]);
    if (text === undefined) return query(...parameters);
    const end = onStatement(nameOfStatement(text));
    const callback = parameters.at(-1);
    if (typeof callback === 'function') {
      const heard: Callback = (...results) => {
        end(results[0]);
        (callback as Callback)(...results);
      };
      return query(...parameters.slice(0, -1), heard);
    }
    const running = query(...parameters) as Promise<unknown>;
    running.then(() => end(), end);
    return running;
  };
}

/** The text of a plain statement; undefined for what pg submits by itself, such as COPY streams. */
function textOf(first: unknown): string | undefined {
  if (typeof first === 'string') return first;
  if (typeof first !== 'object' || first === null || 'submit' in first) return undefined;
  const { text } = first as { text?: unknown };
  return typeof text === 'string' ? text : undefined;
}
