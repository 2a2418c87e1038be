import pg from 'pg';
import { userInfo } from 'node:os';
import type { Env } from '../config/env';
import { Database } from '../database/database';
import { sessionUrl } from '../database/session';
import { openReadyDatabase } from './ready-database';

/** Lends a connection to the product's database for the time of one command. */
export async function withDatabase<T>(env: Env, work: (database: Database) => Promise<T>): Promise<T> {
  const target = await openReadyDatabase(env);
  const pool = new pg.Pool({ connectionString: sessionUrl(target.url, 'prodplan-cli'), max: 1 });
  try {
    return await work(new Database(pool, target.url));
  } finally {
    await pool.end();
    await target.close();
  }
}

/** Who gives a command, for the audit log: the account of the machine. */
export function commander(): string {
  return `cli:${userInfo().username}`;
}
