import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunExecutor } from '../../../src/ingestion/pipeline/run-executor';
import { coreOf } from '../../support/core-content';
import { smallFactory, type FactorySheets } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

const INGESTION_LOCK = 7305150002;

let app: IngestionApp;

async function startLoaded(): Promise<void> {
  app = await startIngestionApp();
  await app.load(smallFactory(), { name: 'good.xlsx' });
}

const file = async (name: string, content: string | Buffer): Promise<string> => {
  await writeFile(join(app.env.dataDir, name), content);
  return name;
};
const lastRun = async (): Promise<{ status: string; error_code: string; error_remedy: string }> =>
  (await app.sql.query('SELECT status, error_code, error_remedy FROM ops.ingestion_runs ORDER BY run_id DESC LIMIT 1'))
    .rows[0] as { status: string; error_code: string; error_remedy: string };

describe('a load of what is no workbook of the factory', () => {
  // What is refused changes nothing, so that one product does for all.
  beforeAll(startLoaded);
  afterAll(() => app.close());

  it.each<[string, () => Promise<Buffer | string>, string]>([
    ['an empty file', () => Promise.resolve(''), 'XLSX_EMPTY_FILE'],
    ['a renamed PDF', () => Promise.resolve('%PDF-1.7 hello'), 'XLSX_NOT_ZIP'],
    [
      'an old .xls or an encrypted file',
      () => Promise.resolve(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)])),
      'XLSX_LEGACY_XLS',
    ],
    ['a truncated workbook', async () => (await readGood()).subarray(0, 3000), 'XLSX_TRUNCATED'],
  ])('is refused with a code and a remedy: %s', async (_, content, code) => {
    const before = await coreOf(app);
    const path = await file('bad.xlsx', await content());
    await expect(app.service.acceptAndRun({ path })).rejects.toMatchObject({ code, httpStatus: 400 });
    const run = await lastRun();
    expect(run).toMatchObject({ status: 'FAILED', error_code: code });
    expect(run.error_remedy).not.toBe('');
    expect(await coreOf(app)).toEqual(before);
    const { rows } = await app.sql.query('SELECT run_id::int AS run, version::int FROM ops.ops_cache_version');
    expect(rows).toEqual([{ run: 1, version: 1 }]);
  });
  const readGood = (): Promise<Buffer> => readFile(join(app.env.dataDir, 'good.xlsx'));

  it('names the missing sheet, and the missing header with the nearest found', async () => {
    const { Modelos, ...less }: FactorySheets = smallFactory();
    expect(Modelos).toHaveLength(2);
    await expect(app.load(less)).rejects.toMatchObject({
      code: 'SHEET_MISSING',
      message: expect.stringContaining('"Modelos"') as string,
    });
    await app.write(
      'header.xlsx',
      { ...less },
      {
        extraSheets: [
          {
            name: 'Modelos',
            rows: [
              [
                'Produto_Id',
                'Produto_Nome',
                'Peso_Desmolde',
                'Produto_PesoAcabamento',
                'Produto_QtdGelDeck',
                'Produto_QtdGelCasco',
              ],
            ],
          },
        ],
      },
    );
    await expect(app.service.acceptAndRun({ path: 'header.xlsx' })).rejects.toMatchObject({
      code: 'HEADER_MISSING',
      httpStatus: 400,
      message: 'Sheet "Modelos" lacks the header "Produto_PesoDesmolde" (nearest found: "Peso_Desmolde") in row 1.',
    });
    const { rows } = await app.sql.query(
      'SELECT status, error_code, error_remedy FROM ops.ingestion_runs ORDER BY run_id DESC LIMIT 1',
    );
    const error_remedy = expect.stringContaining('mapping file') as string;
    expect(rows).toEqual([{ status: 'FAILED', error_code: 'HEADER_MISSING', error_remedy }]);
  });

  it('leaves no files behind', async () => {
    await expect(app.service.acceptAndRun({ path: await file('bad.xlsx', 'PK') })).rejects.toThrow();
    expect((await readdir(join(app.env.dataDir, 'processed'))).filter((name) => name.startsWith('.run-'))).toEqual([]);
  });

  it.each(['../outside.xlsx', '/etc/passwd', 'raw/../../outside.xlsx'])(
    'is refused for a path outside the data folder: %s',
    async (path) => {
      await expect(app.service.accept({ path })).rejects.toMatchObject({ code: 'PATH_OUTSIDE_DATA', httpStatus: 400 });
    },
  );

  it('is refused for a link that leads out of the data folder', async () => {
    await symlink('/etc/passwd', join(app.env.dataDir, 'link.xlsx'));
    await expect(app.service.accept({ path: 'link.xlsx' })).rejects.toMatchObject({ code: 'PATH_OUTSIDE_DATA' });
  });

  it.each(['missing.xlsx', 'a\0b.xlsx', '.'])('is refused where there is no such file: %j', async (path) => {
    await expect(app.service.accept({ path })).rejects.toMatchObject({ httpStatus: 400 });
  });
});

describe('a load that cannot be published', () => {
  beforeEach(startLoaded);
  afterEach(() => app.close());

  it('does not start while another one holds the lock, and names it', async () => {
    await app.write('next.xlsx', { ...smallFactory(), Funcionarios: [] });
    await app.sql.query('SELECT pg_advisory_lock($1)', [INGESTION_LOCK]);
    await app.sql.query(`
      INSERT INTO ops.ingestion_runs (status, created_at, workbook_name, workbook_path)
      VALUES ('RUNNING', now(), 'other.xlsx', 'other.xlsx')`);
    await expect(app.service.accept({ path: 'next.xlsx' })).rejects.toMatchObject({
      code: 'INGESTION_BUSY',
      httpStatus: 409,
      extras: { run_id: 2 },
    });
  });

  it('closes a run whose process was killed, and forgets what it had recorded', async () => {
    await app.sql.query(`
      INSERT INTO ops.ingestion_runs (status, created_at, workbook_name, workbook_path)
      VALUES ('RUNNING', now(), 'killed.xlsx', 'killed.xlsx')`);
    await app.sql.query('SELECT ops.begin_issues(2), ops.finish_issues(2)');
    await app.sql.query(`
      INSERT INTO ops.data_quality_issues (run_id, entity, code, sheet, src_sheet, src_row)
      VALUES (2, 'modelos', 'SENTINEL_DATE', 'Modelos', 0, 2)`);
    await mkdir(join(app.env.dataDir, 'processed/.run-2'));
    await app.app.get(RunExecutor).recover();
    expect(await lastRun()).toMatchObject({ status: 'INTERRUPTED', error_code: 'RUN_INTERRUPTED' });
    const { rows } = await app.sql.query('SELECT count(*)::int AS left FROM ops.data_quality_issues WHERE run_id = 2');
    expect(rows).toEqual([{ left: 0 }]);
    expect(await readdir(join(app.env.dataDir, 'processed'))).not.toContain('.run-2');
    const report = await app.load(smallFactory(), { name: 'good.xlsx', force: true });
    expect(report.status).toBe('COMPLETED');
  });

  it('stops when it is cancelled while a statement waits, and publishes nothing', async () => {
    const before = await coreOf(app);
    const changed = { ...smallFactory(), Modelos: [...smallFactory().Modelos, { Produto_Id: 102 }] };
    await app.write('changed.xlsx', changed);
    // Another session holds core.modelos, so that the merge waits in the middle of its transaction.
    await app.sql.query('BEGIN');
    await app.sql.query('LOCK TABLE core.modelos IN SHARE MODE');
    const running = app.service.acceptAndRun({ path: 'changed.xlsx' });
    running.catch(() => undefined);
    try {
      let waits = 0;
      while (waits === 0) {
        // Inside a transaction the view is read once and then remembered.
        await app.sql.query('SELECT pg_stat_clear_snapshot()');
        const { rows } = await app.sql.query<{ waits: number }>(
          `SELECT count(*)::int AS waits FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
        );
        waits = rows[0].waits;
      }
      expect(await app.service.cancel(2)).toEqual({ run_id: 2, status: 'CANCELLING' });
      await expect(running).rejects.toMatchObject({ code: 'RUN_CANCELLED' });
    } finally {
      await app.sql.query('ROLLBACK');
    }
    expect(await lastRun()).toMatchObject({ status: 'CANCELLED' });
    expect(await coreOf(app)).toEqual(before);
    await expect(app.service.cancel(2)).rejects.toMatchObject({ code: 'RUN_ENDED', httpStatus: 409 });
    await expect(app.service.cancel(99)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND', httpStatus: 404 });
  });

  it('is invisible to readers until it is published whole', async () => {
    const changed = {
      ...smallFactory(),
      Modelos: [...smallFactory().Modelos, { Produto_Id: 102, Produto_Nome: 'K4' }],
    };
    await app.write('changed.xlsx', changed);
    const counts = new Set<string>();
    let ended = false;
    const running = app.service.acceptAndRun({ path: 'changed.xlsx' }).finally(() => (ended = true));
    while (!ended) {
      const { rows } = await app.sql.query<{ state: string }>(`
        SELECT (SELECT version FROM ops.ops_cache_version) || ':' || (SELECT count(*) FROM core.modelos) AS state`);
      counts.add(rows[0].state);
    }
    await running;
    // Before: version 1 with two models; after: version 2 with three. Nothing in between.
    expect([...counts].filter((state) => state !== '1:2' && state !== '2:3')).toEqual([]);
  });
});
