import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import type { RunReport, RunStatus } from '../queries/run-report';
import type { PartFingerprints, PublishedLoad, RunOrder, SheetHashes } from './run-state';

const COUNT_REJECTS = sqlFile(__dirname, 'sql/count_rejects.sql');
const COUNT_ISSUES = sqlFile(__dirname, 'sql/count_issues.sql');
const TRUNCATE_STAGING = sqlFile(__dirname, 'sql/truncate_staging.sql');
const DROP_BUILDS = sqlFile(__dirname, 'sql/drop_builds.sql');
const INSERT_RUN = sqlFile(__dirname, 'sql/insert_run.sql');
const START_RUN = sqlFile(__dirname, 'sql/start_run.sql');
const READ_ORDER = sqlFile(__dirname, 'sql/read_order.sql');
const READ_REPORT = sqlFile(__dirname, 'sql/read_report.sql');
const FIND_ACTIVE = sqlFile(__dirname, 'sql/find_active_run.sql');
const FIND_WAITING = sqlFile(__dirname, 'sql/find_waiting_run.sql');
const END_RUN = sqlFile(__dirname, 'sql/end_run.sql');
const REQUEST_CANCEL = sqlFile(__dirname, 'sql/request_cancel.sql');
const WRITE_PROGRESS = sqlFile(__dirname, 'sql/write_progress.sql');
const INTERRUPT_RUNS = sqlFile(__dirname, 'sql/interrupt_runs.sql');
const READ_PUBLISHED = sqlFile(__dirname, 'sql/read_published_load.sql');
const DELETE_EVIDENCE = sqlFile(__dirname, 'sql/delete_issues_of_run.sql');
const LIST_OUTDATED_EVIDENCE = sqlFile(__dirname, 'sql/list_outdated_evidence.sql');
const MARK_EVIDENCE_DROPPED = sqlFile(__dirname, 'sql/mark_evidence_dropped.sql');
const DELETE_REJECTS = sqlFile(__dirname, 'sql/delete_rejects_of_run.sql');

/** Rejects by entity and reason, issues by entity and code. */
export interface Findings {
  readonly rejects: readonly { entity: string; reason_code: string; count: number }[];
  readonly issues: readonly { entity: string; code: string; count: number }[];
}

export interface NewRun {
  readonly createdAt: Date;
  readonly workbookName: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly forced: boolean;
  readonly allowMassAbsence: readonly string[];
  readonly correlationId?: string;
}

export interface RunEnd {
  readonly status: RunStatus;
  readonly finishedAt: Date;
  readonly errorCode?: string;
  readonly errorDetail?: string;
  readonly errorRemedy?: string;
  readonly report?: RunReport;
}

/** The record of loads, `ops.ingestion_runs`: what is asked, what is running, how it ended. */
@Injectable()
export class RunStore {
  constructor(private readonly database: Database) {}

  /** @returns the new run's number, or undefined where another run is waiting or running */
  async create(run: NewRun): Promise<number | undefined> {
    const rows = await this.database.query<{ run_id: number }>(INSERT_RUN, [
      run.createdAt,
      run.workbookName,
      run.path,
      run.bytes,
      run.sha256,
      run.forced,
      run.allowMassAbsence,
      run.correlationId ?? null,
    ]);
    return rows.at(0)?.run_id;
  }

  /** Takes a waiting run; undefined where it is not waiting any more. */
  async start(runId: number, at: Date): Promise<RunOrder | undefined> {
    const rows = await this.database.query<{
      run_id: number;
      workbook_path: string;
      workbook_name: string;
      excel_sha256: string;
      workbook_bytes: number;
      forced: boolean;
      allow_mass_absence: string[];
    }>(START_RUN, [runId, at]);
    const row = rows.at(0);
    return (
      row && {
        runId: row.run_id,
        path: row.workbook_path,
        workbookName: row.workbook_name,
        sha256: row.excel_sha256,
        bytes: row.workbook_bytes,
        forced: row.forced,
        allowMassAbsence: row.allow_mass_absence,
      }
    );
  }

  /** A run's status, undefined where there is no such run. */
  async status(runId: number): Promise<RunStatus | undefined> {
    const rows = await this.database.query<{ status: RunStatus }>(READ_ORDER, [runId]);
    return rows.at(0)?.status;
  }

  /** The report of a published run. */
  async report(runId: number): Promise<RunReport> {
    const rows = await this.database.query<{ report: RunReport }>(READ_REPORT, [runId]);
    return rows[0].report;
  }

  /** The run that is waiting or running. */
  async active(): Promise<number | undefined> {
    const rows = await this.database.query<{ run_id: number }>(FIND_ACTIVE);
    return rows.at(0)?.run_id;
  }

  /** The run that waits for a worker, and the request it was asked for by. */
  async waiting(): Promise<{ runId: number; correlationId: string | undefined } | undefined> {
    const rows = await this.database.query<{ run_id: number; correlation_id: string | null }>(FIND_WAITING);
    const row = rows.at(0);
    return row && { runId: row.run_id, correlationId: row.correlation_id ?? undefined };
  }

  /** Ends a run that was not published. @returns false where it had ended already */
  async end(runId: number, end: RunEnd): Promise<boolean> {
    return this.endWhere(['QUEUED', 'RUNNING'], runId, end);
  }

  /** Ends a run that waits. @returns false where it does not */
  async endWaiting(runId: number, end: RunEnd): Promise<boolean> {
    return this.endWhere(['QUEUED'], runId, end);
  }

  private async endWhere(statuses: readonly RunStatus[], runId: number, end: RunEnd): Promise<boolean> {
    const rows = await this.database.query<{ run_id: number }>(END_RUN, [
      runId,
      end.status,
      end.finishedAt,
      end.errorCode ?? null,
      end.errorDetail ?? null,
      end.errorRemedy ?? null,
      end.report === undefined ? null : JSON.stringify(end.report),
      statuses,
    ]);
    return rows.length > 0;
  }

  /** Asks a run to stop; a waiting one stops at once. @returns its status afterwards, undefined where it had ended */
  async requestCancel(runId: number, at: Date): Promise<RunStatus | undefined> {
    const rows = await this.database.query<{ status: RunStatus }>(REQUEST_CANCEL, [runId, at]);
    return rows.at(0)?.status;
  }

  /** @returns whether the run has been asked to stop */
  async writeProgress(runId: number, progress: object): Promise<boolean> {
    const rows = await this.database.query<{ cancel_requested: boolean }>(WRITE_PROGRESS, [
      runId,
      JSON.stringify(progress),
    ]);
    return rows.at(0)?.cancel_requested ?? false;
  }

  /** Marks runs whose process is gone; to be called only by who holds the ingestion lock. @returns their numbers */
  async interruptAbandoned(at: Date): Promise<number[]> {
    const rows = await this.database.query<{ run_id: number }>(INTERRUPT_RUNS, [at]);
    for (const { run_id } of rows) await this.deleteEvidence(run_id);
    return rows.map((row) => row.run_id);
  }

  /** What a run wrote down of rows, counted. */
  async findings(runId: number): Promise<Findings> {
    const rejects = await this.database.query<Findings['rejects'][number]>(COUNT_REJECTS, [runId]);
    const issues = await this.database.query<Findings['issues'][number]>(COUNT_ISSUES, [runId]);
    return { rejects, issues };
  }

  /** Gives back the room that the rows of a load take before they are merged. */
  async emptyStaging(): Promise<void> {
    await this.database.query(TRUNCATE_STAGING);
    await this.dropBuilds();
  }

  /** Removes what a killed load filled aside. */
  async dropBuilds(): Promise<void> {
    await this.database.query(DROP_BUILDS);
  }

  /** Forgets what an unpublished run had recorded about rows. */
  async deleteEvidence(runId: number): Promise<void> {
    await this.database.query(DELETE_EVIDENCE, [runId]);
    await this.database.query(DELETE_REJECTS, [runId]);
  }

  /** Forgets the rejects and issues of all but the latest runs; the reports keep their counts. */
  async dropOutdatedEvidence(keep: number): Promise<void> {
    const rows = await this.database.query<{ run_id: number }>(LIST_OUTDATED_EVIDENCE, [keep]);
    for (const { run_id } of rows) {
      await this.deleteEvidence(run_id);
      await this.database.query(MARK_EVIDENCE_DROPPED, [run_id]);
    }
  }

  /** The load that readers see. */
  async published(): Promise<(PublishedLoad & { sha256: string; workbookName: string }) | undefined> {
    const rows = await this.database.query<{
      run_id: number;
      evidence_run_id: number;
      sample: boolean;
      settings_hash: string;
      excel_sha256: string;
      workbook_name: string;
      part_fingerprints: PartFingerprints | null;
      per_sheet_sha256: Record<string, string> | null;
      per_sheet_layout: Record<string, string> | null;
      per_sheet_cells: Record<string, string> | null;
      has_future_dates: boolean;
    }>(READ_PUBLISHED);
    const row = rows.at(0);
    if (!row) return undefined;
    const { per_sheet_sha256: csv, per_sheet_layout: layout, per_sheet_cells: cells } = row;
    const sheetHashes: SheetHashes | null =
      csv && layout && cells
        ? Object.fromEntries(
            Object.keys(csv).map((sheet) => [sheet, { csv: csv[sheet], layout: layout[sheet], cells: cells[sheet] }]),
          )
        : null;
    return {
      runId: row.run_id,
      evidenceRunId: row.evidence_run_id,
      sample: row.sample,
      settingsHash: row.settings_hash,
      sha256: row.excel_sha256,
      workbookName: row.workbook_name,
      partFingerprints: row.part_fingerprints,
      sheetHashes,
      hasFutureDates: row.has_future_dates,
    };
  }
}
