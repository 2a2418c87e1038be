import { Injectable } from '@nestjs/common';
import { type CursorKey, OpaqueCursor } from '../../common/opaque-cursor';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import type { RunProgress, RunReport, RunStatus } from './run-report';

const LIST_RUNS = sqlFile(__dirname, 'sql/list_runs.sql');
const READ_RUN = sqlFile(__dirname, 'sql/read_run.sql');
const READ_PROGRESS = sqlFile(__dirname, 'sql/read_run_progress.sql');
const LIST_REJECTS = sqlFile(__dirname, 'sql/list_rejects.sql');
const LIST_ISSUES = sqlFile(__dirname, 'sql/list_issues.sql');

const TID = /^\(\d{1,10},\d{1,5}\)$/;
const RUNS = new OpaqueCursor<[number]>('runs.1', (key) => key.length === 1 && isCount(key[0]));
const REJECTS = new OpaqueCursor<[entity: string, sheet: number, row: number]>(
  'rejects.1',
  ([entity, sheet, row, ...rest]) => typeof entity === 'string' && isCount(sheet) && isCount(row) && rest.length === 0,
);
const ISSUES = new OpaqueCursor<[entity: string, code: string, sheet: number, row: number, place: string]>(
  'issues.1',
  ([entity, code, sheet, row, place, ...rest]) =>
    typeof entity === 'string' &&
    typeof code === 'string' &&
    isCount(sheet) &&
    isCount(row) &&
    typeof place === 'string' &&
    TID.test(place) &&
    rest.length === 0,
);

/** One row of ops.ingestion_runs as lists show it. */
export interface RunRow {
  run_id: number;
  status: RunStatus;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  workbook_name: string;
  workbook_bytes: number | null;
  excel_sha256: string | null;
  sample: boolean;
  forced: boolean;
  as_of: Date | null;
  rows_extracted: number;
  rows_merged: number;
  rows_rejected: number;
  /** The run that holds this one's rejects and issues, when its content was the same; null: its own. */
  evidence_run_id: number | null;
  error_code: string | null;
  error_detail: string | null;
  error_remedy: string | null;
  progress: RunProgress | null;
  /** Whether readers see this run's data now. */
  published: boolean;
}

export type RunWithReport = RunRow & { report: RunReport | null };

export type RunProgressRow = Pick<
  RunRow,
  'run_id' | 'status' | 'progress' | 'error_code' | 'error_detail' | 'error_remedy'
>;

/** A quarantined row. */
export interface RejectRow {
  entity: string;
  src_sheet: number;
  src_row: number;
  sheet: string;
  column_name: string | null;
  /** Address of the cell, such as D40217. */
  cell: string | null;
  reason_code: string;
  reason: string;
  raw_row: unknown;
}

/** A finding about a row that was kept. */
export interface IssueRow {
  entity: string;
  code: string;
  sheet: string;
  src_sheet: number;
  src_row: number;
  column_name: string | null;
  row_key: string | null;
  detail: string | null;
}

export interface Page<Row> {
  rows: Row[];
  /** Absent on the last page. */
  nextCursor?: string;
}

export interface PageRequest {
  limit: number;
  cursor?: string;
}

/** Which rejects or issues of a run; `code` is the reason code or the issue's code. */
export interface EvidenceFilter {
  entity?: string;
  code?: string;
}

/** Reads what loads left behind: one method, one statement. */
@Injectable()
export class IngestionQueries {
  constructor(private readonly database: Database) {}

  /** Runs, newest first. */
  async listRuns(request: PageRequest): Promise<Page<RunRow>> {
    const [after] = request.cursor === undefined ? [null] : RUNS.decode(request.cursor);
    const rows = await this.database.queryPrepared<RunRow>(LIST_RUNS, [after, request.limit + 1]);
    return page(RUNS, rows, request.limit, (row) => [row.run_id]);
  }

  /** One run, or the newest; undefined when there is none. */
  async findRun(runId: number | 'latest'): Promise<RunWithReport | undefined> {
    const rows = await this.database.queryPrepared<RunWithReport>(READ_RUN, [runId === 'latest' ? null : runId]);
    return rows.at(0);
  }

  async findProgress(runId: number): Promise<RunProgressRow | undefined> {
    return (await this.database.queryPrepared<RunProgressRow>(READ_PROGRESS, [runId])).at(0);
  }

  /** @param runId the run that holds the evidence */
  async listRejects(runId: number, filter: EvidenceFilter, request: PageRequest): Promise<Page<RejectRow>> {
    const after = request.cursor === undefined ? [null, null, null] : REJECTS.decode(request.cursor);
    const values = [runId, filter.entity ?? null, filter.code ?? null, ...after, request.limit + 1];
    const rows = await this.database.queryPrepared<RejectRow>(LIST_REJECTS, values);
    return page(REJECTS, rows, request.limit, (row) => [row.entity, row.src_sheet, row.src_row]);
  }

  /** @param runId the run that holds the evidence */
  async listIssues(runId: number, filter: EvidenceFilter, request: PageRequest): Promise<Page<IssueRow>> {
    const after = request.cursor === undefined ? [null, null, null, null, null] : ISSUES.decode(request.cursor);
    const values = [runId, filter.entity ?? null, filter.code ?? null, ...after, request.limit + 1];
    const rows = await this.database.queryPrepared<IssueRow & { place: string }>(LIST_ISSUES, values);
    return page(ISSUES, rows, request.limit, (row) => [row.entity, row.code, row.src_sheet, row.src_row, row.place]);
  }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** `rows` is one longer than the page when there is more: cheaper than counting. */
function page<Row, Key extends CursorKey>(
  cursor: OpaqueCursor<Key>,
  rows: Row[],
  limit: number,
  key: (row: Row) => Key,
): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { rows: shown };
  return { rows: shown, nextCursor: cursor.encode(key(last)) };
}
