import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { factoryZone } from '@libs/factory-time';
import { SHEETS } from '@libs/workbook';
import type { PoolClient } from 'pg';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { Clock } from '../../common/clock';
import { DomainError } from '../../common/domain-error';
import { writeWhole } from '../../common/write-whole';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import {
  CountMismatchError,
  DiskFullError,
  endOf,
  IngestionBusyError,
  RunEndedError,
  RunNotFoundError,
} from '../ingestion.errors';
import type { RunProgress, RunReport, RunStatus } from '../queries/run-report';
import { clearExtractsAside, extractsAside, putExtractsInPlace } from './extracts';
import { failureOf, remedyOf } from './load-failure';
import { ensureMonths, firstOfMonth } from './months';
import { runPipeline } from './pipeline';
import { ProgressReporter } from './progress-reporter';
import { buildReport } from './report';
import { type RunEnd, RunStore } from './run-store';
import type { RunOrder, RunState } from './run-state';
import { loadSettings } from './settings';

const TRY_LOCK = sqlFile(__dirname, 'sql/try_ingestion_lock.sql');
const WAIT_FOR_BESIDE = sqlFile(__dirname, 'sql/wait_for_beside.sql');
const BESIDE_ENDS_WITHIN = '10s';
const LOCK_NOT_AVAILABLE = '55P03';
const UNLOCK = sqlFile(__dirname, 'sql/unlock_ingestion.sql');
const CANCEL_BACKEND = sqlFile(__dirname, 'sql/cancel_backend.sql');
/** Between two looks whether a database that went away is back. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** How long a load waits for the lock, and how often it asks. */
const LOCK_WAIT_MS = 10_000;
const LOCK_PAUSE_MS = 50;
const NO_FINDINGS = { rejects: [], issues: [] };

/** How many runs beside the published one keep their rejects and issues row by row (about 40 MB each here). */
const EVIDENCE_KEPT = 10;

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

/**
 * Runs a recorded load: holds the one ingestion lock for its time, reports progress, and records how it ended. The lock
 * is the session's, so that it goes with the process: whoever gets it knows that every run still marked RUNNING is
 * abandoned.
 */
@Injectable()
export class RunExecutor implements OnModuleDestroy {
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly store: RunStore,
    private readonly clock: Clock,
    private readonly logger: PinoLogger,
    @Inject(ENV) private readonly env: Env,
  ) {
    this.logger.setContext(RunExecutor.name);
  }

  onModuleDestroy(): void {
    this.stopped = true;
  }

  /** Marks runs whose process is gone as INTERRUPTED and removes what they left; does nothing while a load runs. */
  async recover(): Promise<void> {
    await this.database.withClient(async (client) => {
      if (!(await tryLock(client))) return;
      try {
        await this.cleanUp();
      } finally {
        await client.query(UNLOCK.text);
      }
    });
  }

  /** @throws DomainError saying why nothing was published */
  async run(runId: number, options: RunOptions): Promise<RunReport> {
    return this.database.withClient(async (client) => {
      if (!(await lockWithin(client, LOCK_WAIT_MS))) throw await this.refuseBusy(runId);
      try {
        await this.cleanUp();
        const order = await this.store.start(runId, this.clock.now());
        if (!order) {
          const status = await this.store.status(runId);
          throw status === undefined ? new RunNotFoundError(runId) : new RunEndedError(runId, status);
        }
        return await this.execute(order, client, options);
      } finally {
        // A connection that broke has lost the lock, and the load's settings, with its session.
        await client.query(UNLOCK.text).catch(() => undefined);
        await client.query('RESET ALL').catch(() => undefined);
      }
    });
  }

  /** A run that no one will take again must not look as if it waited. */
  private async refuseBusy(runId: number): Promise<IngestionBusyError> {
    // Only where it still waits: another process may be the one that runs it.
    await this.store.endWaiting(runId, {
      status: 'FAILED',
      finishedAt: this.clock.now(),
      errorCode: 'INGESTION_BUSY',
      errorDetail: 'Another load held the lock all the time this one waited for it.',
      errorRemedy: 'Wait until the other load has ended, and ask again.',
    });
    return new IngestionBusyError(await this.store.active());
  }

  private async execute(order: RunOrder, client: PoolClient, options: RunOptions): Promise<RunReport> {
    const { runId } = order;
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    const progress = new ProgressReporter(runId, this.clock, {
      write: async (at) => {
        if (await this.store.writeProgress(runId, at)) stop.abort();
      },
      tell: options.onProgress,
      failed: (error) => this.logger.warn({ run_id: runId, err: error }, 'the progress of the load cannot be written'),
    });
    const cancelStatement = this.cancelOnAbort(client, signal);
    let state: RunState | undefined;
    try {
      state = await this.openState(order, client, signal);
      await runPipeline(
        state,
        (step, percent, rows) => progress.update(step, percent, rows),
        ({ name, rowsIn, seconds }) =>
          this.logger.info(
            { run_id: runId, step: name, rows: rowsIn, duration_ms: Math.round(1000 * seconds) },
            'step done',
          ),
      );
      await progress.finish();
      const report = await this.store.report(runId);
      await this.afterPublish(state, report);
      return report;
    } catch (error) {
      await progress.finish();
      throw await this.recordFailure(order, state, error, signal);
    } finally {
      cancelStatement();
    }
  }

  private async openState(order: RunOrder, client: PoolClient, signal: AbortSignal): Promise<RunState> {
    const loadedAt = this.clock.now();
    return {
      order,
      settings: loadSettings(this.env),
      database: this.database,
      client,
      clock: this.clock,
      signal,
      warnings: [],
      loadedAt,
      began: performance.now(),
      published: await this.store.published(),
      sample: false,
      parts: [],
      partFingerprints: {},
      visited: new Map(),
      accounts: new Map(),
      judgement: undefined,
      staged: new Map(),
      kept: new Map(),
      matchRates: [],
      asOf: null,
      months: [],
      beside: undefined,
      coreWasEmpty: false,
      ordersRemembered: false,
      sameAs: undefined,
      steps: [],
    };
  }

  /** A statement may run for seconds: on abort it is cancelled from another connection. */
  private cancelOnAbort(client: PoolClient, signal: AbortSignal): () => void {
    const pid = (client as unknown as { processID: number }).processID;
    const onAbort = (): void => {
      this.database.query(CANCEL_BACKEND, [pid]).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'the running statement could not be cancelled');
      });
    };
    signal.addEventListener('abort', onAbort, { once: true });
    return () => signal.removeEventListener('abort', onAbort);
  }

  /** What is published is published: a disk that is full now costs files, which the next start or load looks after. */
  private async afterPublish(state: RunState, report: RunReport): Promise<void> {
    const { runId } = state.order;
    const text = `${JSON.stringify(report, null, 2)}\n`;
    const duties: Record<string, () => Promise<void>> = {
      'move the extracted files into place': () => putExtractsInPlace(extractsAside(this.env.dataDir, runId)),
      'clear up': () => this.tidyUp(state),
      'write ingestion_report.json': () => writeReport(state.settings.reportsDir, 'ingestion_report.json', text),
    };
    for (const [duty, work] of Object.entries(duties)) {
      await work().catch((error: unknown) =>
        this.logger.warn({ run_id: runId, err: error }, `the load is published; it could not ${duty}`),
      );
    }
    this.logSheets(report);
    const rows = report.sheets.reduce((sum, sheet) => sum + sheet.extracted, 0);
    this.logger.info({ run_id: runId, rows, duration_ms: Math.round((report.seconds ?? 0) * 1000) }, 'load published');
  }

  private logSheets({ run_id, sheets }: RunReport): void {
    for (const { sheet, seconds, extracted, ...account } of sheets) {
      const entity = SHEETS.find((known) => known.sheet === sheet)?.entity;
      const line = { run_id, sheet, entity, rows: extracted, duration_ms: Math.round(1000 * seconds) };
      this.logger.info({ ...line, ...account }, 'sheet loaded');
    }
  }

  private async recordFailure(
    order: RunOrder,
    state: RunState | undefined,
    error: unknown,
    signal: AbortSignal,
  ): Promise<Error> {
    const failure = failureOf(error, order, signal);
    const status: RunStatus = endOf(failure);
    const finishedAt = this.clock.now();
    const code = failure instanceof DomainError ? failure.code : 'INTERNAL_ERROR';
    const remedy = remedyOf(failure);
    const detail = failure instanceof DomainError ? failure.message : 'The load failed unexpectedly; see the log.';
    const line = {
      run_id: order.runId,
      error_code: code,
      ...(state && { duration_ms: Math.round(performance.now() - state.began) }),
    };
    if (!(failure instanceof DomainError)) this.logger.error({ ...line, err: error }, 'load failed');
    else this.logger.warn(failure.cause === undefined ? line : { ...line, err: failure.cause }, failure.message);
    const zone = factoryZone(this.env.factoryTz);
    const end: RunEnd = { status, finishedAt, errorCode: code, errorDetail: detail, errorRemedy: remedy };
    const isFull = failure instanceof DiskFullError;
    try {
      // What the load has staged is what fills the disk, and the record of its end needs room too.
      if (isFull) await this.store.emptyStaging();
      if (failure instanceof CountMismatchError && state) await writeMismatches(state, failure);
      const findings = status === 'FAILED' ? await this.store.findings(order.runId) : NO_FINDINGS;
      const ended = await this.store.end(order.runId, {
        ...end,
        report:
          state &&
          buildReport(state, {
            status,
            finishedAt,
            ...findings,
            steps: state.steps,
            seconds: (performance.now() - state.began) / 1000,
            error: { code, detail, ...(remedy === undefined ? {} : { remedy }) },
            formatTime: (at) => zone.formatIso(at.getTime()),
          }),
      });
      // Already ended: the publish was committed, and only its answer was lost.
      if (!ended) void this.closeWhenBack(order.runId);
      else {
        // A failed run keeps its rejects: they may be what explains the failure. One that was stopped explains itself.
        if (status !== 'FAILED') await this.store.deleteEvidence(order.runId);
        await rm(extractsAside(this.env.dataDir, order.runId), { recursive: true, force: true });
      }
    } catch (recording) {
      this.logger.error({ err: recording, run_id: order.runId }, 'the end of the load could not be recorded');
      void this.closeWhenBack(order.runId, isFull ? end : undefined);
    }
    return failure;
  }

  /**
   * The database went away with the load: once it is back, the run is closed as after a kill, so that it does not look
   * like running until somebody asks for the next one. A process that ends before leaves that to the next start.
   *
   * @param end how it ended, where that is known and could not be recorded
   */
  private async closeWhenBack(runId: number, end?: RunEnd): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !this.stopped; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { ref: false });
      try {
        if (end) await this.store.end(runId, end);
        await this.recover();
        if ((await this.store.status(runId)) !== 'RUNNING') return;
      } catch {
        // Not back yet: said when it went, and health says it all the time.
      }
    }
  }

  /** What the next load is spared, and what the past ones no longer need. */
  private async tidyUp({ asOf, settings }: RunState): Promise<void> {
    if (asOf !== null) {
      const ahead = Array.from({ length: settings.partitionMonthsAhead }, (_, i) => firstOfMonth(asOf, i + 1));
      await ensureMonths(this.database, ahead);
    }
    await this.store.dropBuilds();
    await this.store.dropOutdatedEvidence(EVIDENCE_KEPT);
  }

  /** With the lock held: nobody runs, so what looks like running is abandoned. */
  private async cleanUp(): Promise<void> {
    await this.store.dropBuilds();
    const interrupted = await this.store.interruptAbandoned(this.clock.now());
    for (const runId of interrupted) this.logger.warn({ run_id: runId }, 'an interrupted load was found and closed');
    await clearExtractsAside(this.env.dataDir, (await this.store.published())?.runId);
  }
}

/** Who only looks for abandoned runs holds the lock for a moment; a load must not be turned away by that. */
async function lockWithin(client: PoolClient, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    if (await tryLock(client)) return true;
    if (performance.now() > deadline) return false;
    await sleep(LOCK_PAUSE_MS);
  }
}

async function tryLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(TRY_LOCK.text);
  if (!rows[0].locked) return false;
  if (await nobodyIsBeside(client)) return true;
  await client.query(UNLOCK.text);
  return false;
}

/**
 * Of a killed load the session beside its own may outlive it: by a statement, or, where the server cannot tell that its
 * client is gone, for long. The first is waited for; with the second the load still counts as running.
 */
async function nobodyIsBeside(client: PoolClient): Promise<boolean> {
  try {
    await client.query(WAIT_FOR_BESIDE.text, [BESIDE_ENDS_WITHIN]);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}

async function writeReport(dir: string, name: string, text: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeWhole(join(dir, name), text);
}

async function writeMismatches(state: RunState, failure: CountMismatchError): Promise<void> {
  const lines = [
    '# Critical mismatches',
    '',
    `Load ${state.order.runId} of ${state.order.workbookName} (SHA-256 ${state.order.sha256}) does not balance and was not published.`,
    '',
    '| sheet | what must hold | expected | found |',
    '|---|---|---|---|',
    ...failure.mismatches.map((m) => `| ${m.sheet} | ${m.what} | ${m.expected} | ${m.found} |`),
    '',
  ];
  await writeReport(state.settings.reportsDir, 'CRITICAL_MISMATCHES.md', lines.join('\n'));
}
