import { Injectable } from '@nestjs/common';
import { SHEETS } from '@libs/workbook';
import { FactoryTime } from '../../common/factory-time';
import type { RunRow, RunWithReport } from '../queries/ingestion.queries';
import { hasEnded, type RunProgress, type RunReport } from '../queries/run-report';
import type { RunErrorDto, RunStatusDto, RunSummaryDto } from './dto/run.dto';

type Failure = Pick<RunRow, 'error_code' | 'error_detail' | 'error_remedy'>;

/** What a failed run says of itself; undefined for one that has nothing to say. */
export function errorOf(row: Failure): RunErrorDto | undefined {
  if (row.error_code === null) return undefined;
  const error = { code: row.error_code, detail: row.error_detail ?? '' };
  return row.error_remedy === null ? error : { ...error, remedy: row.error_remedy };
}

/** The progress of a run, also of one that waits in the queue and has none yet. */
export function progressOf(row: Pick<RunRow, 'run_id' | 'progress'>): Omit<RunProgress, 'at'> & { at?: string } {
  return row.progress ?? { run_id: row.run_id, step: 'queued', percent: 0, rows: 0, rows_per_second: 0 };
}

/** Rows of ops.ingestion_runs as the API shows them. */
@Injectable()
export class RunViews {
  constructor(private readonly time: FactoryTime) {}

  summary(row: RunRow): RunSummaryDto {
    const error = errorOf(row);
    return {
      run_id: row.run_id,
      status: row.status,
      published: row.published,
      created_at: this.time.iso(row.created_at),
      started_at: this.time.isoOrNull(row.started_at),
      finished_at: this.time.isoOrNull(row.finished_at),
      workbook: { name: row.workbook_name, sha256: row.excel_sha256, bytes: row.workbook_bytes },
      sample: row.sample,
      forced: row.forced,
      as_of: this.time.isoOrNull(row.as_of),
      rows_extracted: row.rows_extracted,
      rows_merged: row.rows_merged,
      rows_rejected: row.rows_rejected,
      ...(error ? { error } : {}),
    };
  }

  status(row: RunRow): RunStatusDto {
    const summary = this.summary(row);
    const progress = hasEnded(row.status) ? null : row.progress;
    return {
      ...summary,
      total_sheets: SHEETS.length,
      processed_rows: progress?.rows ?? row.rows_extracted,
      rejected_rows: row.rows_rejected,
      completed_at: summary.finished_at,
      ...(progress === null ? {} : { progress }),
      ...(row.evidence_run_id === null ? {} : { evidence_run_id: row.evidence_run_id }),
    };
  }

  /** The stored report; of a run that has none (waiting, running, killed) what its row tells. */
  report(row: RunWithReport): RunReport {
    if (row.report !== null) return row.report;
    const error = errorOf(row);
    const end = row.finished_at?.getTime();
    return {
      run_id: row.run_id,
      status: row.status,
      as_of: this.time.isoOrNull(row.as_of),
      sample: row.sample,
      workbook: { name: row.workbook_name, sha256: row.excel_sha256, bytes: row.workbook_bytes },
      sheets: [],
      rejects: [],
      issues: [],
      match_rates: [],
      steps: [],
      warnings: [],
      seconds: end === undefined || row.started_at === null ? null : (end - row.started_at.getTime()) / 1000,
      peak_rss_mb: null,
      ...(error ? { error } : {}),
    };
  }
}
