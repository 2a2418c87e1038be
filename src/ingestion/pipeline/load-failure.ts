import { MappingError } from '@libs/workbook';
import { XlsxError } from '@libs/xlsx';
import { fullDisk, isDatabaseUnreachable } from '../../common/dependency-down';
import { ProcessEndingError } from '../../common/process-ending';
import { DiskFullError, RunCancelledError, RunInterruptedError, WorkbookRefusedError } from '../ingestion.errors';
import type { RunOrder } from './run-state';

/** What a load that came to nothing is told to have ended by. @param signal aborted where somebody ended it */
export function failureOf(error: unknown, order: RunOrder, signal: AbortSignal): Error {
  return signal.aborted ? stopped(order.runId, signal) : toDomainError(error, order);
}

/** What the operator can do about a failure; undefined where nothing but the log can say. */
export function remedyOf(failure: Error): string | undefined {
  if (failure instanceof RunInterruptedError) return 'Run the load again.';
  return failure instanceof WorkbookRefusedError || failure instanceof DiskFullError ? failure.remedy : undefined;
}

/** Somebody cancelled the load, or the process was asked to end. */
function stopped(runId: number, { reason }: AbortSignal): RunCancelledError | RunInterruptedError {
  return reason instanceof ProcessEndingError ? RunInterruptedError.byEnding(runId) : new RunCancelledError(runId);
}

/** What was wrong with the workbook is the caller's to know, in the product's own error form. */
function toDomainError(error: unknown, order: RunOrder): Error {
  if (error instanceof XlsxError) {
    // Where the place is the file itself, its name is enough: answers do not show the server's folders.
    const place = error.place.replaceAll(order.path, order.workbookName);
    const detail = `${order.workbookName} was refused: ${error.detail}${place === order.workbookName ? '' : ` (${place})`}.`;
    return new WorkbookRefusedError(error.code, detail, error.remedy, { place, cause: error });
  }
  const mapping = MappingError.from(error);
  if (mapping) {
    const { code, message, remedy, place } = mapping;
    return new WorkbookRefusedError(code, message, remedy, { place, cause: error });
  }
  const full = fullDisk(error);
  if (full !== undefined) return new DiskFullError(full, error);
  // As a run is closed whose end could not even be recorded: it is no fault of the product, and can be repeated as it is.
  if (isDatabaseUnreachable(error)) return RunInterruptedError.byDatabase(order.runId, error);
  return error instanceof Error ? error : new Error(String(error));
}
