import { DomainError } from '../common/domain-error';

/** The workbook named does not exist or cannot be read. */
export class WorkbookNotFoundError extends DomainError {
  constructor(path: string) {
    super(`No file "${path}". Put the workbook there, or name another path below the data folder.`, {
      code: 'WORKBOOK_NOT_FOUND',
      httpStatus: 400,
    });
  }
}

/** A path that leads out of the data folder. */
export class PathOutsideDataError extends DomainError {
  constructor(path: string) {
    super(`"${path}" does not lie in the data folder. Name a path below it, or upload the file.`, {
      code: 'PATH_OUTSIDE_DATA',
      httpStatus: 400,
    });
  }
}

/** Another load is waiting or running. */
export class IngestionBusyError extends DomainError {
  constructor(readonly runId: number | undefined) {
    super(
      runId === undefined
        ? 'Another load is running. Wait for its end, or cancel it.'
        : `Load ${runId} is waiting or running. Wait for its end, or cancel it.`,
      { code: 'INGESTION_BUSY', httpStatus: 409, extras: runId === undefined ? {} : { run_id: runId } },
    );
  }
}

/** There is no run of that number. */
export class RunNotFoundError extends DomainError {
  constructor(runId: number) {
    super(`There is no load ${runId}.`, { code: 'RUN_NOT_FOUND', httpStatus: 404 });
  }
}

/** A run that has ended can be neither run nor cancelled. */
export class RunEndedError extends DomainError {
  constructor(runId: number, status: string) {
    super(`Load ${runId} has already ended: ${status}.`, {
      code: 'RUN_ENDED',
      httpStatus: 409,
      extras: { run_id: runId },
    });
  }
}

/** The queue does not take the load: Redis, or the database where the queues live in it, is away. */
export class QueueUnavailableError extends DomainError {
  readonly remedy = 'See that the queue (Redis, or PostgreSQL without REDIS_URL) answers, and ask again.';

  constructor(runId: number, cause: unknown) {
    super('The load could not be queued: the queue does not answer. Nothing changed; ask again once it is back.', {
      code: 'QUEUE_UNAVAILABLE',
      httpStatus: 503,
      extras: { run_id: runId },
      cause,
    });
  }
}

/** A disk has no room for the load; nothing of it is visible. */
export class DiskFullError extends DomainError {
  readonly remedy: string;

  constructor(disk: 'files' | 'database', cause: unknown) {
    const where = disk === 'files' ? 'DATA_DIR' : 'the database';
    super(`The disk of ${where} is full. The published data are as before.`, {
      code: disk === 'files' ? 'DISK_FULL' : 'DATABASE_FULL',
      httpStatus: 503,
      cause,
    });
    this.remedy = `Make room on the disk of ${where}, and load again.`;
  }
}

/** The load was stopped on request; nothing of it is visible. */
export class RunCancelledError extends DomainError {
  constructor(runId: number) {
    super(`Load ${runId} was cancelled; the published data are as before.`, {
      code: 'RUN_CANCELLED',
      httpStatus: 409,
      logLevel: 'info',
    });
  }
}

/** The process was asked to end before the load did, or the database went away; nothing of it is visible. */
export class RunInterruptedError extends DomainError {
  private constructor(what: string, cause?: unknown) {
    super(`${what}; the published data are as before.`, {
      code: 'RUN_INTERRUPTED',
      httpStatus: 503,
      logLevel: 'warn',
      cause,
    });
  }

  static byEnding(runId: number): RunInterruptedError {
    return new RunInterruptedError(`The process that ran load ${runId} was asked to end before it did`);
  }

  static byDatabase(runId: number, cause: unknown): RunInterruptedError {
    return new RunInterruptedError(`Load ${runId} lost the database`, cause);
  }
}

/** How a load that failed with `error` counts as ended. */
export function endOf(error: unknown): 'CANCELLED' | 'INTERRUPTED' | 'FAILED' {
  if (error instanceof RunCancelledError) return 'CANCELLED';
  return error instanceof RunInterruptedError ? 'INTERRUPTED' : 'FAILED';
}

/** The workbook was refused: of the wrong kind, damaged, beyond a cap, or not balanced. Nothing of it is visible. */
export class WorkbookRefusedError extends DomainError {
  constructor(
    code: string,
    detail: string,
    readonly remedy: string,
    options: { place?: string; cause?: unknown } = {},
  ) {
    super(detail, {
      code,
      httpStatus: 400,
      cause: options.cause,
      extras: { suggestion: remedy, ...(options.place === undefined ? {} : { place: options.place }) },
    });
  }
}

/** A sheet lost so many rows that the workbook is more likely wrong than the factory. */
export class MassAbsenceError extends WorkbookRefusedError {
  constructor(lost: readonly { sheet: string; absent: number; of: number }[], limit: number) {
    const described = lost.map(({ sheet, absent, of }) => `${sheet} lacks ${absent} of ${of} rows`).join('; ');
    super(
      'MASS_ABSENCE',
      `${described}: more than ${limit * 100} % of a sheet.`,
      `Check that the export is complete. If the rows are gone on purpose, allow it by name: ${lost
        .map(({ sheet }) => sheet)
        .join(', ')}.`,
    );
  }
}

export interface CountMismatch {
  readonly sheet: string;
  readonly what: string;
  readonly expected: number;
  readonly found: number;
}

/** The accounting does not balance: a fault of the product, never published. */
export class CountMismatchError extends DomainError {
  constructor(readonly mismatches: readonly CountMismatch[]) {
    super(
      `The accounting does not balance: ${mismatches
        .map(({ sheet, what, expected, found }) => `${sheet}, ${what}: expected ${expected}, found ${found}`)
        .join('; ')}. Nothing was published; see CRITICAL_MISMATCHES.md in the reports.`,
      { code: 'COUNT_MISMATCH', httpStatus: 500 },
    );
  }
}
