import { loadEnv } from '../config/env';
import { buildDataSource, revertAllMigrations, runMigrations } from './data-source';
import { openDatabaseTarget } from './database-target';

/** `npm run migrate [-- --down-all]`: brings the schema up to this code's, or takes all of it away. */
async function main(args: readonly string[]): Promise<void> {
  const unknown = args.find((arg) => arg !== '--down-all');
  if (unknown !== undefined) throw new Error(`Unknown option ${unknown}. Use: migrate [--down-all]`);
  const target = await openDatabaseTarget(loadEnv());
  const dataSource = buildDataSource(target.url);
  try {
    await dataSource.initialize();
    const names = args.length > 0 ? await revertAllMigrations(dataSource) : await runMigrations(dataSource);
    const verb = args.length > 0 ? 'reverted' : 'applied';
    process.stdout.write(names.length > 0 ? names.map((name) => `${verb} ${name}\n`).join('') : 'nothing to migrate\n');
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await target.close();
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
