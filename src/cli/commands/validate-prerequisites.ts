import { mkdirSync, statfsSync } from 'node:fs';
import { loadEnv } from '../../config/env';
import { buildDataSource } from '../../database/data-source';
import { openDatabaseTarget } from '../../database/database-target';
import { hasFailed } from '../../published/check';
import { formatChecks } from '../bootstrap/check';
import { checkPrerequisites } from '../bootstrap/prerequisites';
import { EXIT } from '../exit-codes';

/**
 * `validate-prerequisites`: whether the database, its version, the folders and the workbook are there. The workbook is
 * asked for here, as the specification says; the bootstrap starts without one too.
 * @returns the exit code: 1 when something is missing
 */
export async function runValidatePrerequisites(out: NodeJS.WritableStream): Promise<number> {
  const env = loadEnv();
  mkdirSync(env.dataDir, { recursive: true });
  const target = await openDatabaseTarget(env);
  const dataSource = buildDataSource(target.url, 2);
  try {
    await dataSource.initialize();
    const { bavail, bsize } = statfsSync(env.dataDir);
    const found = await checkPrerequisites(env, dataSource, env.folhaIaPath, false, bavail * bsize);
    const checks = found.map((check) =>
      check.name === 'workbook' && check.status === 'WARN' ? { ...check, status: 'FAIL' as const } : check,
    );
    out.write(`${formatChecks('Prerequisites', checks)}\n`);
    return hasFailed(checks) ? EXIT.FAILED : EXIT.OK;
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await target.close();
  }
}
