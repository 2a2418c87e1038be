import { DataSource } from 'typeorm';
import { pendingMigrations, poolOf } from '../database/data-source';
import { type Check, hasFailed } from './check';

const CORE_TABLES = [
  'erros_ordem_fabrico',
  'fases_catalogo',
  'fases_ordem_fabrico',
  'fases_standard_modelos',
  'funcionarios',
  'funcionarios_fase_ordem_fabrico',
  'funcionarios_fases_aptos',
  'modelos',
  'ordens_fabrico',
];
const HASH_PARTITIONS = 32;

/** Whether what is in the database may be released; each failing check says what to do. */
export async function checkRelease(dataSource: DataSource): Promise<Check[]> {
  const schema = [await migrationsCheck(dataSource), await tablesCheck(dataSource)];
  if (hasFailed(schema)) return schema;
  return [...schema, await partitionsCheck(dataSource), await ingestionCheck(dataSource), await gatesCheck(dataSource)];
}

async function rows<Row>(dataSource: DataSource, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await poolOf(dataSource).query(text, values)).rows as Row[];
}

async function migrationsCheck(dataSource: DataSource): Promise<Check> {
  const pending = await pendingMigrations(dataSource);
  const name = 'migrations';
  return pending.length === 0
    ? { name, status: 'OK', detail: `${dataSource.migrations.length} applied` }
    : { name, status: 'FAIL', detail: `not applied: ${pending.join(', ')}`, action: 'npm run migrate' };
}

async function tablesCheck(dataSource: DataSource): Promise<Check> {
  const found = await rows<{ table_name: string }>(
    dataSource,
    `SELECT table_name FROM information_schema.tables WHERE table_schema = 'core' AND table_name = ANY($1)`,
    [CORE_TABLES],
  );
  const missing = CORE_TABLES.filter((table) => !found.some((row) => row.table_name === table));
  const name = 'core tables';
  return missing.length === 0
    ? { name, status: 'OK', detail: `${CORE_TABLES.length} there` }
    : { name, status: 'FAIL', detail: `missing: ${missing.join(', ')}`, action: 'npm run migrate' };
}

async function partitionsCheck(dataSource: DataSource): Promise<Check> {
  const found = await rows<{ parent: string; partitions: number }>(
    dataSource,
    `SELECT parent.relname AS parent, count(child.inhrelid)::int AS partitions
       FROM pg_class parent LEFT JOIN pg_inherits child ON child.inhparent = parent.oid
      WHERE parent.relnamespace = 'core'::regnamespace AND parent.relkind = 'p'
      GROUP BY parent.relname ORDER BY parent.relname`,
  );
  const wanted: Record<string, number> = {
    funcionarios_fase_ordem_fabrico: HASH_PARTITIONS,
    erros_ordem_fabrico: HASH_PARTITIONS,
  };
  const short = found.filter((row) => row.partitions < (wanted[row.parent] ?? 0));
  const name = 'partitions';
  if (short.length > 0) {
    const detail = short.map((row) => `${row.parent} has ${row.partitions} of ${wanted[row.parent]}`).join(', ');
    return { name, status: 'FAIL', detail, action: 'npm run migrate on an undamaged database, then load again' };
  }
  return { name, status: 'OK', detail: found.map((row) => `${row.parent} ${row.partitions}`).join(', ') };
}

interface LastRun {
  run_id: number;
  status: string;
  workbook_name: string;
  sample: boolean;
  error_code: string | null;
  error_remedy: string | null;
}

async function ingestionCheck(dataSource: DataSource): Promise<Check> {
  const [last] = await rows<LastRun>(
    dataSource,
    `SELECT run_id, status, workbook_name, sample, error_code, error_remedy
       FROM ops.ingestion_runs ORDER BY run_id DESC LIMIT 1`,
  );
  const name = 'ingestion';
  if (last === undefined) return { name, status: 'WARN', detail: 'no workbook has been loaded yet' };
  const run = `run ${last.run_id} of ${last.workbook_name}`;
  if (last.status === 'COMPLETED') {
    return { name, status: last.sample ? 'WARN' : 'OK', detail: last.sample ? `${run}: sample data` : run };
  }
  const detail = `${run} is ${last.status}${last.error_code === null ? '' : ` (${last.error_code})`}`;
  return { name, status: 'FAIL', detail, action: last.error_remedy ?? 'load the workbook again' };
}

async function gatesCheck(dataSource: DataSource): Promise<Check> {
  const rates = await rows<{ name: string; rate: number | null; status: string }>(
    dataSource,
    `SELECT m.name, m.rate, m.status FROM ops.match_rates m
       JOIN ops.ops_cache_version v ON v.run_id = m.run_id ORDER BY m.name`,
  );
  const name = 'feature gates';
  if (rates.length === 0) return { name, status: 'WARN', detail: 'not known before a load' };
  const percent = (rate: number | null) => (rate === null ? 'n/a' : `${(rate * 100).toFixed(1)} %`);
  return {
    name,
    status: 'OK',
    detail: rates.map((rate) => `${rate.name} ${percent(rate.rate)} ${rate.status}`).join(', '),
  };
}
