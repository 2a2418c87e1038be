import { Env } from '../config/env';
import { attachEmbeddedPostgres } from './embedded/embedded-postgres';

/** The database this process works on, and how to let go of it. */
export interface DatabaseTarget {
  readonly url: string;
  /** True when it is the embedded engine of DATA_DIR. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

/** DATABASE_URL when it is set, else the embedded engine of DATA_DIR, started when it does not run. */
export async function openDatabaseTarget(env: Pick<Env, 'databaseUrl' | 'dataDir'>): Promise<DatabaseTarget> {
  if (env.databaseUrl !== undefined) {
    return { url: env.databaseUrl, embedded: false, close: () => Promise.resolve() };
  }
  const engine = await attachEmbeddedPostgres({ dataDir: env.dataDir });
  return { url: engine.url, embedded: true, close: () => engine.close() };
}
