import { join } from 'node:path';
import { loadEnv } from '../../config/env';
import { buildDataSource, poolOf } from '../../database/data-source';
import { openDatabaseTarget } from '../../database/database-target';
import { hasFailed } from '../../published/check';
import { checkRelease } from '../../published/release-gate';
import { formatChecks } from '../bootstrap/check';
import { writeVerdict } from '../bootstrap/verdict';
import { EXIT } from '../exit-codes';
import { type MeasuredSlo, measureSlos } from '../release/measure-slos';

export interface ReleaseGateOptions {
  url?: string;
  measure: boolean;
}

const INSERT = `
  INSERT INTO ops.slo_measurements (measured_at, version, name, target_ms, p95_ms, requests, failed)
  SELECT $1, version, $2, $3, $4, $5, $6 FROM ops.ops_cache_version`;

/**
 * `release-gate`: measures the promised answers of a running service, then says whether what is in the database may be
 * released, and leaves RELEASE_BLOCKED.md in DATA_DIR/reports when it may not.
 * @returns the exit code: 1 when a check fails
 */
export async function runReleaseGate(options: ReleaseGateOptions, out: NodeJS.WritableStream): Promise<number> {
  const env = loadEnv();
  const target = await openDatabaseTarget(env);
  const dataSource = buildDataSource(target.url, 2);
  try {
    await dataSource.initialize();
    const schema = await checkRelease(dataSource);
    // Without a schema there is nothing to measure and nowhere to keep it.
    const complete = schema.some(({ name }) => name === 'SLOs');
    if (options.measure && complete) {
      const origin = (options.url ?? `http://127.0.0.1:${env.port}`).replace(/\/+$/, '');
      const measuredAt = new Date();
      for (const slo of await measureSlos(origin)) {
        await poolOf(dataSource).query(INSERT, [measuredAt, ...valuesOf(slo)]);
      }
    }
    const checks = options.measure && complete ? await checkRelease(dataSource) : schema;
    writeVerdict(join(env.dataDir, 'reports'), checks);
    const blocked = hasFailed(checks);
    out.write(`${formatChecks(`Release gate: ${blocked ? 'BLOCKED' : 'PASSED'}`, checks)}\n`);
    return blocked ? EXIT.FAILED : EXIT.OK;
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await target.close();
  }
}

function valuesOf({ name, targetMs, p95Ms, requests, failed }: MeasuredSlo): unknown[] {
  return [name, targetMs, p95Ms, requests, failed];
}
