import { DataSource } from 'typeorm';
import { pendingMigrations, poolOf } from '../database/data-source';
import { sqlFile, type SqlStatement } from '../database/sql-file';
import { type Check, hasFailed } from './check';

const FIND_CORE_TABLES = sqlFile(__dirname, 'sql/find_core_tables.sql');
const COUNT_PARTITIONS = sqlFile(__dirname, 'sql/count_partitions.sql');
const READ_LAST_RUN = sqlFile(__dirname, 'sql/read_last_run.sql');
const READ_PUBLISHED_RUN = sqlFile(__dirname, 'sql/read_published_run.sql');
const READ_SHEET_ACCOUNTS = sqlFile(__dirname, 'sql/read_sheet_accounts.sql');
const READ_GATE_RATES = sqlFile(__dirname, 'sql/read_gate_rates.sql');
const READ_SLO_MEASUREMENTS = sqlFile(__dirname, 'sql/read_slo_measurements.sql');

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
  return [
    ...schema,
    await partitionsCheck(dataSource),
    await ingestionCheck(dataSource),
    await balanceCheck(dataSource),
    await gatesCheck(dataSource),
    await slosCheck(dataSource),
  ];
}

async function rows<Row>(dataSource: DataSource, statement: SqlStatement, values: unknown[] = []): Promise<Row[]> {
  return (await poolOf(dataSource).query(statement.text, values)).rows as Row[];
}

async function migrationsCheck(dataSource: DataSource): Promise<Check> {
  const pending = await pendingMigrations(dataSource);
  const name = 'migrations';
  return pending.length === 0
    ? { name, status: 'OK', detail: `${dataSource.migrations.length} applied` }
    : { name, status: 'FAIL', detail: `not applied: ${pending.join(', ')}`, action: 'npm run migrate' };
}

async function tablesCheck(dataSource: DataSource): Promise<Check> {
  const found = await rows<{ table_name: string }>(dataSource, FIND_CORE_TABLES, [CORE_TABLES]);
  const missing = CORE_TABLES.filter((table) => !found.some((row) => row.table_name === table));
  const name = 'core tables';
  return missing.length === 0
    ? { name, status: 'OK', detail: `${CORE_TABLES.length} there` }
    : { name, status: 'FAIL', detail: `missing: ${missing.join(', ')}`, action: 'npm run migrate' };
}

async function partitionsCheck(dataSource: DataSource): Promise<Check> {
  const found = await rows<{ parent: string; partitions: number }>(dataSource, COUNT_PARTITIONS);
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

/** How a load ends that shows a fault of the product, not one of a workbook. */
const OWN_FAULTS: readonly (string | null)[] = ['COUNT_MISMATCH', 'INTERNAL_ERROR'];

/**
 * A load that came to nothing changed nothing: with another one published it is told, and blocks only where it shows a
 * fault of the product. The published workbook cannot be loaded again to take the block away: that is nothing to do.
 */
async function ingestionCheck(dataSource: DataSource): Promise<Check> {
  const [last] = await rows<LastRun>(dataSource, READ_LAST_RUN);
  const name = 'ingestion';
  if (last === undefined) return { name, status: 'WARN', detail: 'no workbook has been loaded yet' };
  const run = `run ${last.run_id} of ${last.workbook_name}`;
  if (last.status === 'COMPLETED') {
    return { name, status: last.sample ? 'WARN' : 'OK', detail: last.sample ? `${run}: sample data` : run };
  }
  const detail = `${run} is ${last.status}${last.error_code === null ? '' : ` (${last.error_code})`}`;
  const action = last.error_remedy ?? 'load the workbook again';
  const [published] = await rows<Pick<LastRun, 'run_id' | 'workbook_name'>>(dataSource, READ_PUBLISHED_RUN);
  if (published === undefined || OWN_FAULTS.includes(last.error_code)) return { name, status: 'FAIL', detail, action };
  const served = `run ${published.run_id} of ${published.workbook_name} is published`;
  return { name, status: 'WARN', detail: `${served}; ${detail}`, action };
}

/** Every extracted row of the published load is inserted, updated, unchanged, a duplicate or in quarantine. */
async function balanceCheck(dataSource: DataSource): Promise<Check> {
  const sheets = await rows<{ sheet: string; extracted: number; accounted: number }>(dataSource, READ_SHEET_ACCOUNTS);
  const name = 'accounting';
  if (sheets.length === 0) return { name, status: 'WARN', detail: 'not known before a load' };
  const wrong = sheets.filter(({ extracted, accounted }) => extracted !== accounted);
  if (wrong.length > 0) {
    const detail = wrong.map((one) => `${one.sheet}: ${one.accounted} of ${one.extracted} rows`).join(', ');
    return { name, status: 'FAIL', detail, action: 'load the workbook again with --force' };
  }
  const total = sheets.reduce((sum, { extracted }) => sum + extracted, 0);
  return { name, status: 'OK', detail: `all ${total} rows of ${sheets.length} sheets` };
}

/** A gate stands as its rate says: ON from its threshold on, OFF or DEGRADED below. */
async function gatesCheck(dataSource: DataSource): Promise<Check> {
  const rates = await rows<{ name: string; rate: number | null; threshold: number | null; status: string }>(
    dataSource,
    READ_GATE_RATES,
  );
  const name = 'feature gates';
  if (rates.length === 0) return { name, status: 'WARN', detail: 'not known before a load' };
  const percent = (rate: number | null) => (rate === null ? 'n/a' : `${(rate * 100).toFixed(1)} %`);
  const detail = rates.map((rate) => `${rate.name} ${percent(rate.rate)} ${rate.status}`).join(', ');
  const wrong = rates.filter(
    ({ rate, threshold, status }) => rate !== null && threshold !== null && rate >= threshold !== (status === 'ON'),
  );
  if (wrong.length === 0) return { name, status: 'OK', detail };
  const named = wrong.map((one) => `${one.name} is ${one.status} at ${percent(one.rate)}`).join(', ');
  return { name, status: 'FAIL', detail: named, action: 'load the workbook again with --force' };
}

/** The latest measurement of the published data: the 95th percentile as promised, and no answer but 2xx. */
async function slosCheck(dataSource: DataSource): Promise<Check> {
  const measured = await rows<{ name: string; target_ms: number; p95_ms: number; failed: number }>(
    dataSource,
    READ_SLO_MEASUREMENTS,
  );
  const name = 'SLOs';
  if (measured.length === 0)
    return { name, status: 'WARN', detail: 'not measured with these data: scripts/release-gate' };
  const broken = measured.filter((one) => one.failed > 0 || one.p95_ms >= one.target_ms);
  const detail = (broken.length > 0 ? broken : measured)
    .map(
      (one) =>
        `${one.name} ${one.p95_ms.toFixed(1)} of ${one.target_ms} ms${one.failed > 0 ? `, ${one.failed} failed` : ''}`,
    )
    .join(', ');
  return broken.length === 0
    ? { name, status: 'OK', detail }
    : { name, status: 'FAIL', detail, action: 'see docs/perf and the log of the service, then scripts/release-gate' };
}
