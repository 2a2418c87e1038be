import type { Env } from '../config/env';
import { buildDataSource, pendingMigrations, runMigrations } from '../database/data-source';
import { type DatabaseTarget, openDatabaseTarget } from '../database/database-target';
import { CliError } from './cli-error';

/**
 * Opens the database of the configuration and makes sure that its schema is this build's. The embedded engine's is
 * brought up to date, since it belongs to this folder alone; somebody else's server is not changed by a load.
 *
 * @throws CliError SCHEMA_BEHIND when migrations have to be applied first
 */
export async function openReadyDatabase(env: Env): Promise<DatabaseTarget> {
  const target = await openDatabaseTarget(env);
  const dataSource = buildDataSource(target.url, 2);
  try {
    await dataSource.initialize();
    if (target.embedded) await runMigrations(dataSource);
    else if ((await pendingMigrations(dataSource)).length > 0) {
      throw new CliError('SCHEMA_BEHIND', 'The database lacks migrations of this version.', 'Run: npm run migrate');
    }
    return target;
  } catch (error) {
    await target.close();
    throw error;
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}
