import { PinoLogger } from 'nestjs-pino';
import { QueueHost } from '../../../src/queue/queue-host';
import { RunStore } from '../../../src/ingestion/pipeline/run-store';
import { smallFactory } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { TcpRelay } from '../../support/tcp-relay';

const LOAD_LOCK = 7305150002;

async function until(what: string, reached: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await reached()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain until ${what}`);
}

describe('a moment in which a load could be lost', () => {
  let app: IngestionApp;
  afterEach(() => app.close());

  async function statusOf(run: number): Promise<string> {
    const { rows } = await app.sql.query<{ status: string }>(
      'SELECT status FROM ops.ingestion_runs WHERE run_id = $1',
      [run],
    );
    return rows[0].status;
  }

  /** What a process leaves that is killed after it has recorded a run and before it has queued it. */
  async function recordedOnly(path: string): Promise<number> {
    const { rows } = await app.sql.query<{ run_id: number }>(
      `INSERT INTO ops.ingestion_runs
         (status, created_at, workbook_name, workbook_path, workbook_bytes, excel_sha256, correlation_id)
       VALUES ('QUEUED', now(), 'w.xlsx', $1, 1, 'unread', 'ask-1') RETURNING run_id::int`,
      [`${app.env.dataDir}/${path}`],
    );
    return rows[0].run_id;
  }

  it('between recording and queueing: the next start takes the run that waits, on the account of its request', async () => {
    app = await startIngestionApp({ queues: true });
    const run = await recordedOnly(await app.write('w.xlsx', smallFactory()));
    await app.service.recover();
    await until('it is loaded', async () => (await statusOf(run)) === 'COMPLETED');
    const job = await app.app.get(QueueHost).queue('ingestion').getJob(`ingestion-load-${run}`);
    expect(job?.data).toEqual({ runId: run, asked_by: { correlationId: 'ask-1' } });
  });

  it('between recording and queueing: whoever asks for another load is told to wait, and the first one is taken', async () => {
    app = await startIngestionApp({ queues: true });
    const run = await recordedOnly(await app.write('w.xlsx', smallFactory()));
    await expect(app.service.accept({ path: 'w.xlsx' })).rejects.toMatchObject({ code: 'INGESTION_BUSY', runId: run });
    await until('it is loaded', async () => (await statusOf(run)) === 'COMPLETED');
  });

  it('in the queue, such as a Redis that came back empty: a worker that sees it wait twice takes it', async () => {
    app = await startIngestionApp({ queues: true });
    const run = await recordedOnly(await app.write('w.xlsx', smallFactory()));
    await app.service.lookAfter();
    expect(await statusOf(run)).toBe('QUEUED');
    await app.service.lookAfter();
    await until('it is loaded', async () => (await statusOf(run)) === 'COMPLETED');
  });

  it('while another process runs it: whoever waited for the lock in vain ends only what still waits', async () => {
    app = await startIngestionApp();
    const run = await recordedOnly(await app.write('w.xlsx', smallFactory()));
    const store = app.app.get(RunStore);
    const end = { status: 'FAILED', finishedAt: app.clock.now(), errorCode: 'INGESTION_BUSY' } as const;
    await app.sql.query(`UPDATE ops.ingestion_runs SET status = 'RUNNING'`);
    expect([await store.endWaiting(run, end), await statusOf(run)]).toEqual([false, 'RUNNING']);
    await app.sql.query(`UPDATE ops.ingestion_runs SET status = 'QUEUED'`);
    expect([await store.endWaiting(run, end), await statusOf(run)]).toEqual([true, 'FAILED']);
  });

  it('while another process looks for abandoned runs: the load waits for the lock instead of being turned away', async () => {
    app = await startIngestionApp();
    await app.sql.query('SELECT pg_advisory_lock($1)', [LOAD_LOCK]);
    const path = await app.write('w.xlsx', smallFactory());
    // Recorded without a look for abandoned runs, which would be refused the lock as well and do nothing.
    const loading = app.service.acceptAndRun({ path });
    await until('it is recorded', async () => {
      const { rowCount } = await app.sql.query('SELECT FROM ops.ingestion_runs');
      return rowCount === 1;
    });
    expect(await statusOf(1)).toBe('QUEUED');
    await app.sql.query('SELECT pg_advisory_unlock($1)', [LOAD_LOCK]);
    expect(await loading).toMatchObject({ outcome: 'COMPLETED' });
  });

  it('when the database goes away and comes back: the run is closed without a restart and without another load', async () => {
    let relay: TcpRelay | undefined;
    app = await startIngestionApp({
      env: async ({ databaseUrl = '' }) => {
        relay = await TcpRelay.before(databaseUrl);
        return { databaseUrl: relay.through(databaseUrl), readThreads: 1 };
      },
    });
    await app.sql.query('BEGIN');
    await app.sql.query('LOCK TABLE core.fases_ordem_fabrico IN SHARE MODE');
    const path = await app.write('w.xlsx', smallFactory());
    const loading = app.service.acceptAndRun({ path }).catch((error: Error) => error);
    await until('it merges', async () => {
      const { rows } = await app.sql.query<{ step: string }>(
        `SELECT progress->>'step' AS step FROM ops.ingestion_runs`,
      );
      return rows.at(0)?.step === 'merge';
    });
    await relay?.refuse();
    expect(await loading).toBeInstanceOf(Error);
    await app.sql.query('ROLLBACK');
    expect(await statusOf(1)).toBe('RUNNING');
    await relay?.open();
    await until('it is closed', async () => (await statusOf(1)) === 'INTERRUPTED');
    expect((await app.service.acceptAndRun({ path })).outcome).toBe('COMPLETED');
    await relay?.refuse();
  }, 60_000);

  it('when the database ends the session of a load: it is interrupted as well, and no fault of the product', async () => {
    app = await startIngestionApp();
    await app.sql.query(`CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END $$`);
    await app.sql.query('CREATE TRIGGER end_session BEFORE INSERT ON ops.match_rates EXECUTE FUNCTION end_session()');
    const path = await app.write('w.xlsx', smallFactory());
    const warned = jest.spyOn(PinoLogger.prototype, 'warn');
    await expect(app.service.acceptAndRun({ path })).rejects.toMatchObject({
      code: 'RUN_INTERRUPTED',
      httpStatus: 503,
    });
    // Why it went away is the log's to say.
    expect(warned).toHaveBeenCalledWith(
      expect.objectContaining({ run_id: 1, err: expect.objectContaining({ code: '57P01' }) as Error }),
      'Load 1 lost the database; the published data are as before.',
    );
    warned.mockRestore();
    const { rows } = await app.sql.query('SELECT status, error_code, error_remedy FROM ops.ingestion_runs');
    expect(rows).toEqual([
      { status: 'INTERRUPTED', error_code: 'RUN_INTERRUPTED', error_remedy: 'Run the load again.' },
    ]);
    await app.sql.query('DROP FUNCTION end_session CASCADE');
    expect((await app.service.acceptAndRun({ path })).outcome).toBe('COMPLETED');
  });
});
