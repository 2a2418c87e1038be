import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { Clock } from '../common/clock';
import { withinScope } from '../common/work-scope';
import { JobProducer } from '../queue/job-producer';
import {
  IngestionBusyError,
  PathOutsideDataError,
  QueueUnavailableError,
  RunEndedError,
  RunNotFoundError,
  WorkbookNotFoundError,
} from './ingestion.errors';
import { hashFile, reasonToRest } from './held-file';
import { RunStore } from './pipeline/run-store';
import { RunExecutor, type RunOptions } from './pipeline/run-executor';
import { loadSettings } from './pipeline/settings';
import type { RunReport } from './queries/run-report';

export interface IngestRequest {
  /** Absolute, or below the data folder. */
  readonly path: string;
  /** Load even when the published data already hold this file. */
  readonly force?: boolean;
  /** Sheets that may lose more rows than the limit. */
  readonly allowMassAbsence?: readonly string[];
  readonly correlationId?: string;
  /** The command line may name any file; a request may not. */
  readonly allowOutsideDataDir?: boolean;
}

export type Acceptance =
  { outcome: 'NO_OP'; runId: number; message: string } | { outcome: 'QUEUED'; runId: number; jobId: string };

interface Accepted {
  readonly outcome: 'NO_OP' | 'RECORDED';
  readonly runId: number;
  readonly message: string;
}

/** Accepts, runs and cancels loads. What a load does stands in `pipeline/pipeline.ts`. */
@Injectable()
export class IngestionService {
  /** The run that waited or ran at the last look. */
  private lastSeen: number | undefined;

  constructor(
    private readonly store: RunStore,
    private readonly executor: RunExecutor,
    private readonly jobs: JobProducer,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /**
   * Records a load and queues it, unless the published data already hold this very file.
   *
   * @throws IngestionBusyError, PathOutsideDataError, WorkbookNotFoundError, WorkbookRefusedError
   */
  async accept(request: IngestRequest): Promise<Acceptance> {
    const accepted = await this.record(request).catch(async (error: unknown) => {
      if (error instanceof IngestionBusyError) await this.queueWaiting();
      throw error;
    });
    if (accepted.outcome === 'NO_OP') return { outcome: 'NO_OP', runId: accepted.runId, message: accepted.message };
    try {
      const jobId = await this.jobs.add('ingestion.load', { runId: accepted.runId });
      return { outcome: 'QUEUED', runId: accepted.runId, jobId };
    } catch (error) {
      const failure = new QueueUnavailableError(accepted.runId, error);
      // A run that no queue knows would wait for ever, and every later load for it.
      await this.store.end(accepted.runId, {
        status: 'FAILED',
        finishedAt: this.clock.now(),
        errorCode: failure.code,
        errorDetail: failure.message,
        errorRemedy: failure.remedy,
      });
      throw failure;
    }
  }

  /** Closes what a killed process left running, and sees to it that what it left waiting is taken. */
  async recover(): Promise<void> {
    await this.executor.recover();
    await this.queueWaiting();
  }

  /**
   * For a worker, now and then: what waits or looks like running for longer than from one look to the next is queued anew
   * or closed, as at a start. A Redis that came back empty has forgotten the jobs of what waits.
   */
  async lookAfter(): Promise<void> {
    const active = await this.store.active();
    const isKnown = active !== undefined && active === this.lastSeen;
    this.lastSeen = active;
    if (isKnown) await this.recover();
  }

  /** A process killed between recording a run and queueing it leaves a run that nobody would ever take. */
  private async queueWaiting(): Promise<void> {
    const waiting = await this.store.waiting();
    if (waiting === undefined) return;
    const { runId, correlationId } = waiting;
    const renew = (): Promise<string> => this.jobs.renew('ingestion.load', { runId });
    // It stays its own request's: this may be the start of a process, or the request that found the other waiting.
    await (correlationId === undefined ? renew() : withinScope({ correlationId, endpoint: 'recovery' }, renew));
  }

  /** Runs a recorded load in this process. @throws DomainError saying why nothing was published */
  async run(runId: number, options: RunOptions = {}): Promise<RunReport> {
    return this.executor.run(runId, options);
  }

  /** Accepts a load and runs it here; for the command line. */
  async acceptAndRun(
    request: IngestRequest,
    options: RunOptions = {},
  ): Promise<{ outcome: 'NO_OP'; runId: number; message: string } | { outcome: 'COMPLETED'; report: RunReport }> {
    const accepted = await this.record(request);
    if (accepted.outcome === 'NO_OP') return { outcome: 'NO_OP', runId: accepted.runId, message: accepted.message };
    return { outcome: 'COMPLETED', report: await this.executor.run(accepted.runId, options) };
  }

  /** Asks a load to stop. A waiting one has ended on return, a running one ends shortly. */
  async cancel(runId: number): Promise<{ run_id: number; status: string }> {
    const status = await this.store.requestCancel(runId, this.clock.now());
    if (status !== undefined) return { run_id: runId, status: status === 'RUNNING' ? 'CANCELLING' : status };
    const ended = await this.store.status(runId);
    if (ended === undefined) throw new RunNotFoundError(runId);
    throw new RunEndedError(runId, ended);
  }

  private async record(request: IngestRequest): Promise<Accepted> {
    const path = await this.resolvePath(request);
    const { size: bytes } = await stat(path);
    const settings = loadSettings(this.env);
    const sha256 = await hashFile(path);
    const published = await this.store.published();
    const message = request.force ? undefined : reasonToRest(published, sha256, settings.hash);
    if (published && message !== undefined) return { outcome: 'NO_OP', runId: published.runId, message };
    await this.executor.recover();
    const runId = await this.store.create({
      createdAt: this.clock.now(),
      workbookName: basename(path),
      path,
      bytes,
      sha256,
      forced: request.force ?? false,
      allowMassAbsence: request.allowMassAbsence ?? [],
      correlationId: request.correlationId,
    });
    if (runId === undefined) throw new IngestionBusyError(await this.store.active());
    return { outcome: 'RECORDED', runId, message: '' };
  }

  private async resolvePath(request: IngestRequest): Promise<string> {
    if (request.path.includes('\0')) throw new WorkbookNotFoundError(request.path.replaceAll('\0', '\ufffd'));
    const wanted = request.allowOutsideDataDir ? resolve(request.path) : resolve(this.env.dataDir, request.path);
    const isDefault = wanted === resolve(this.env.folhaIaPath);
    // Judged before the file is touched, so that an answer never tells whether a file outside exists.
    if (!request.allowOutsideDataDir && !isDefault && !isBelow(wanted, this.env.dataDir)) {
      throw new PathOutsideDataError(request.path);
    }
    let real: string;
    try {
      real = await realpath(wanted);
      if (!(await stat(real)).isFile()) throw new WorkbookNotFoundError(request.path);
    } catch {
      throw new WorkbookNotFoundError(request.path);
    }
    if (!request.allowOutsideDataDir && !isDefault && !isBelow(real, await realpath(this.env.dataDir))) {
      throw new PathOutsideDataError(request.path);
    }
    return real;
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
