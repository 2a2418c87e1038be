import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { coreOf } from '../../support/core-content';
import { readSheetsInThreads } from '@libs/xlsx';
import { Database } from '../../../src/database/database';
import type { VisitParams } from '../../../src/ingestion/pipeline/sheet-visitor';
import { phase, smallFactory, smallFactoryWith } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

/** Linux gives whoever writes to it ENOSPC. */
const FULL = '/dev/full';

describe('a load whose disk is full', () => {
  let app: IngestionApp;
  beforeEach(async () => {
    app = await startIngestionApp();
    await app.load(smallFactory(), { name: 'good.xlsx' });
  });
  afterEach(() => app.close());

  /** A file that cannot be written, as if its disk had no room; it goes away with the first attempt. */
  async function fullFile(name: string): Promise<void> {
    const reports = join(app.env.dataDir, 'reports');
    await mkdir(reports, { recursive: true });
    await symlink(FULL, join(reports, `.${name}.${process.pid}.tmp`));
  }
  const lastRun = async (): Promise<unknown> =>
    (await app.sql.query('SELECT status, error_code, error_remedy FROM ops.ingestion_runs ORDER BY run_id DESC'))
      .rows[0];
  const again = () => app.service.acceptAndRun({ path: 'good.xlsx', force: true });

  /** Whatever is written to a table fails, as where PostgreSQL cannot extend its file. */
  async function fullTable(when: string): Promise<() => Promise<unknown>> {
    await app.sql.query(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`);
    await app.sql.query(`CREATE TRIGGER no_room BEFORE ${when} EXECUTE FUNCTION no_room()`);
    return () => app.sql.query('DROP FUNCTION no_room CASCADE');
  }

  it('where files are written fails, saying what to do, changes nothing, and works once there is room', async () => {
    const before = await coreOf(app);
    await fullFile('DATA_DICTIONARY.md');
    await expect(again()).rejects.toMatchObject({ code: 'DISK_FULL', httpStatus: 503 });
    expect(await lastRun()).toEqual({
      status: 'FAILED',
      error_code: 'DISK_FULL',
      error_remedy: 'Make room on the disk of DATA_DIR, and load again.',
    });
    expect(await coreOf(app)).toEqual(before);
    for (const folder of ['processed', 'reports']) {
      const names = await readdir(join(app.env.dataDir, folder));
      expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    }
    expect(await again()).toMatchObject({ outcome: 'COMPLETED' });
  });

  /** Reads a large sheet into staging, with its extract in a file. */
  async function readLargeSheet(csvPath: string): Promise<unknown> {
    // Numbers without a pattern: far more than the compressor, the file and the connection hold back.
    const sheets = smallFactoryWith({
      FasesOrdemFabrico: Array.from({ length: 20_000 }, (_, row) =>
        phase(1000 + row, 1 + ((row * 7919) % 3), 1 + (row % 2), row, { peso: ((row * 48_271) % 65_521) / 7 }),
      ),
    });
    const path = join(app.env.dataDir, await app.write('large.xlsx', sheets));
    return readSheetsInThreads<VisitParams, unknown>({
      path,
      sheets: [Object.keys(sheets).indexOf('FasesOrdemFabrico')],
      visitorModule: join(__dirname, '../../../src/ingestion/pipeline/sheet-visitor.ts'),
      threads: 1,
      params: () => ({
        connectionString: app.app.get(Database).connectionString,
        entity: 'fases_ordem_fabrico',
        ordinal: 0,
        factoryTz: 'Europe/Lisbon',
        clockSeconds: 1_765_000_000,
        aliases: new Map(),
        csvPath,
      }),
    });
  }

  it('where a sheet is extracted fails at once, however much of the sheet is still to come', async () => {
    await expect(readLargeSheet(FULL)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect((await app.sql.query('SELECT FROM staging.fases_ordem_fabrico_raw')).rowCount).toBe(5);
  });

  it('where a sheet is copied fails by what the database said, not by what is written to it afterwards', async () => {
    await fullTable('INSERT ON staging.fases_ordem_fabrico_raw');
    await expect(readLargeSheet(join(app.env.dataDir, 'large.csv.gz'))).rejects.toMatchObject({ code: '53100' });
    expect((await app.sql.query('SELECT FROM staging.fases_ordem_fabrico_raw')).rowCount).toBe(5);
  });

  it('once it is published stays published: only its file is missing', async () => {
    await fullFile('ingestion_report.json');
    expect(await again()).toMatchObject({ outcome: 'COMPLETED', report: { run_id: 2, status: 'COMPLETED' } });
  });

  it('where the database writes gives the room of its staging back, and records that and why it failed', async () => {
    const before = await coreOf(app);
    const makeRoom = await fullTable('INSERT ON ops.match_rates');
    await expect(again()).rejects.toMatchObject({ code: 'DATABASE_FULL', httpStatus: 503 });
    expect(await lastRun()).toMatchObject({ status: 'FAILED', error_code: 'DATABASE_FULL' });
    expect((await app.sql.query('SELECT FROM staging.fases_ordem_fabrico_raw')).rowCount).toBe(0);
    expect(await coreOf(app)).toEqual(before);
    await makeRoom();
    expect(await again()).toMatchObject({ outcome: 'COMPLETED' });
  });

  it('so that not even its end can be recorded is closed with its reason as soon as there is room', async () => {
    const when = `UPDATE ON ops.ingestion_runs FOR EACH ROW WHEN (NEW.status IN ('COMPLETED', 'FAILED'))`;
    const makeRoom = await fullTable(when);
    await expect(again()).rejects.toMatchObject({ code: 'DATABASE_FULL' });
    expect(await lastRun()).toMatchObject({ status: 'RUNNING' });
    await makeRoom();
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const run = (await lastRun()) as { status: string };
      if (run.status !== 'RUNNING') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await lastRun()).toMatchObject({ status: 'FAILED', error_code: 'DATABASE_FULL' });
  });
});
