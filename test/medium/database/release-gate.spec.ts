import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { checkPrerequisites } from '../../../src/cli/bootstrap/prerequisites';
import { writeVerdict } from '../../../src/cli/bootstrap/verdict';
import { readEnv } from '../../../src/config/env';
import { buildDataSource, MIGRATIONS_TABLE } from '../../../src/database/data-source';
import type { Check } from '../../../src/published/check';
import { checkRelease } from '../../../src/published/release-gate';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

const status = (checks: readonly Check[], name: string): string | undefined =>
  checks.find((check) => check.name === name)?.status;

describe('the verdicts of bootstrap', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let dir: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await buildDataSource(database.url, 2).initialize();
    dir = mkdtempSync(join(tmpdir(), 'prodplan-gate-'));
  });

  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
    rmSync(dir, { recursive: true });
  });

  const addRun = (values: string) =>
    dataSource.query(
      `INSERT INTO ops.ingestion_runs (status, created_at, workbook_name, workbook_path, error_code, error_remedy)
       VALUES (${values})`,
    );

  it('pass a migrated database that has not been loaded, and say so', async () => {
    const checks = await checkRelease(dataSource);
    expect(checks.map((check) => check.status)).toEqual(['OK', 'OK', 'OK', 'WARN', 'WARN', 'WARN', 'WARN']);
  });

  it('block a release with a migration missing', async () => {
    await dataSource.query(
      `DELETE FROM ${MIGRATIONS_TABLE} WHERE timestamp = (SELECT max(timestamp) FROM ${MIGRATIONS_TABLE})`,
    );
    const [migrations] = await checkRelease(dataSource);
    expect(migrations).toMatchObject({ status: 'FAIL', action: 'npm run migrate' });
  });

  it('block a release with a core table or a hash partition missing', async () => {
    await dataSource.query(
      `DO $$ BEGIN EXECUTE (SELECT format('DROP TABLE %s', min(inhrelid)::regclass) FROM pg_inherits
                             WHERE inhparent = 'core.erros_ordem_fabrico'::regclass); END $$`,
    );
    expect(await checkRelease(dataSource)).toContainEqual(
      expect.objectContaining({ name: 'partitions', status: 'FAIL', detail: 'erros_ordem_fabrico has 31 of 32' }),
    );
    await dataSource.query('DROP TABLE core.erros_ordem_fabrico CASCADE');
    expect(await checkRelease(dataSource)).toContainEqual(
      expect.objectContaining({ name: 'core tables', status: 'FAIL', detail: 'missing: erros_ordem_fabrico' }),
    );
  });

  it('block a release whose last load failed, with its remedy, and let the next good one through', async () => {
    await addRun(`'FAILED', now(), 'a.xlsx', '/a.xlsx', 'MASS_ABSENCE', 'allow it by name'`);
    const failed = await checkRelease(dataSource);
    expect(failed).toContainEqual({
      name: 'ingestion',
      status: 'FAIL',
      detail: 'run 1 of a.xlsx is FAILED (MASS_ABSENCE)',
      action: 'allow it by name',
    });
    writeVerdict(dir, failed);
    const report = join(dir, 'RELEASE_BLOCKED.md');
    expect(readFileSync(report, 'utf8')).toBe(
      '# Release blocked\n\n' +
        '- **ingestion**: run 1 of a.xlsx is FAILED (MASS_ABSENCE)\n  - To do: allow it by name\n',
    );

    await addRun(`'COMPLETED', now(), 'b.xlsx', '/b.xlsx', NULL, NULL`);
    const passed = await checkRelease(dataSource);
    expect(status(passed, 'ingestion')).toBe('OK');
    writeVerdict(dir, passed);
    expect(existsSync(report)).toBe(false);
  });

  describe('of published data', () => {
    const addSheet = (extracted: number, inserted: number) =>
      dataSource.query(
        `INSERT INTO ops.ingestion_sheet_runs (run_id, sheet, extracted, inserted, updated, unchanged, duplicates,
           quarantined, absent, withdrawn, seconds) VALUES (1, 'Modelos', $1, $2, 0, 0, 1, 2, 0, 0, 1)`,
        [extracted, inserted],
      );
    const addRate = (rate: number, state: string, run = 1) =>
      dataSource.query(`INSERT INTO ops.match_rates VALUES ($3, 'produto_join', 1, 1, $1, 0.9, $2)`, [
        rate,
        state,
        run,
      ]);
    const addMeasurement = (p95: number, failed: number) =>
      dataSource.query(
        `INSERT INTO ops.slo_measurements SELECT now(), version, 'orders p95', 400, $1, 200, $2 FROM ops.ops_cache_version`,
        [p95, failed],
      );

    beforeEach(async () => {
      await addRun(`'COMPLETED', now(), 'a.xlsx', '/a.xlsx', NULL, NULL`);
      await dataSource.query('UPDATE ops.ops_cache_version SET version = 1, run_id = 1');
    });

    it('pass where all is accounted for, gates stand as their rates say and answers are in time', async () => {
      // 10 = 7 inserted + 1 duplicate + 2 in quarantine.
      await addSheet(10, 7);
      await addRate(0.95, 'ON');
      await addMeasurement(120, 0);
      const checks = await checkRelease(dataSource);
      expect(checks.map((check) => check.status)).toEqual(Array.from({ length: 7 }, () => 'OK'));
    });

    it('judge the gates of the published load, not those of the loads before and after', async () => {
      // Of three runs the second is published; the others have a gate that stands open below its threshold.
      for (const name of ['b.xlsx', 'c.xlsx']) await addRun(`'COMPLETED', now(), '${name}', '/${name}', NULL, NULL`);
      await dataSource.query('UPDATE ops.ops_cache_version SET run_id = 2');
      await addRate(0.5, 'ON', 1);
      await addRate(0.95, 'ON', 2);
      await addRate(0.6, 'ON', 3);
      expect(await checkRelease(dataSource)).toContainEqual({
        name: 'feature gates',
        status: 'OK',
        detail: 'produto_join 95.0 % ON',
      });
    });

    it('pass with a warning after a workbook was refused, which changed nothing, and not after a fault of ours', async () => {
      await addRun(`'FAILED', now(), 'b.xlsx', '/b.xlsx', 'XLSX_ENCRYPTED', 'save it without a password'`);
      expect(await checkRelease(dataSource)).toContainEqual({
        name: 'ingestion',
        status: 'WARN',
        detail: 'run 1 of a.xlsx is published; run 2 of b.xlsx is FAILED (XLSX_ENCRYPTED)',
        action: 'save it without a password',
      });
      await addRun(`'FAILED', now(), 'b.xlsx', '/b.xlsx', 'COUNT_MISMATCH', NULL`);
      expect(status(await checkRelease(dataSource), 'ingestion')).toBe('FAIL');
    });

    it.each([
      ['a row that nobody accounts for', () => addSheet(10, 6), 'accounting', 'Modelos: 9 of 10 rows'],
      [
        'a gate that is on below its threshold',
        () => addRate(0.5, 'ON'),
        'feature gates',
        'produto_join is ON at 50.0 %',
      ],
      ['a gate that is off above it', () => addRate(0.95, 'OFF'), 'feature gates', 'produto_join is OFF at 95.0 %'],
      ['answers that are late', () => addMeasurement(400, 0), 'SLOs', 'orders p95 400.0 of 400 ms'],
      ['one answer that was none', () => addMeasurement(5, 1), 'SLOs', 'orders p95 5.0 of 400 ms, 1 failed'],
    ])('are blocked by %s', async (_what, spoil, name, detail) => {
      await spoil();
      expect((await checkRelease(dataSource)).filter((check) => check.status === 'FAIL')).toEqual([
        { name, status: 'FAIL', detail, action: expect.any(String) },
      ]);
    });
  });

  it('name what is missing before a load, and what stands in the way of a start', async () => {
    // Port 1 of loopback: nothing listens there.
    const env = readEnv({ DATABASE_URL: database.url, DATA_DIR: dir, REDIS_URL: 'redis://127.0.0.1:1/0', PORT: '0' });
    const checks = await checkPrerequisites(env, dataSource, join(dir, 'none.xlsx'), true, 1024);
    expect(status(checks, 'PostgreSQL 15+')).toBe('OK');
    expect(status(checks, 'DATA_DIR')).toBe('WARN');
    expect(checks).toContainEqual(expect.objectContaining({ name: 'workbook', status: 'WARN' }));
    expect(checks).toContainEqual(
      expect.objectContaining({ name: 'Redis', status: 'FAIL', detail: '127.0.0.1:1 cannot be reached' }),
    );
    expect(status(checks, 'PORT')).toBe('OK');
  });
});
