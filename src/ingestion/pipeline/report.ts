import { SHEETS } from '@libs/workbook';
import type { RunReport, RunStatus } from '../queries/run-report';
import type { RunState, StepRecord } from './run-state';
import type { Findings } from './run-store';

/** What is known of a run, published or not. `rejects` and `issues` come from the run's evidence. */
export function buildReport(
  state: RunState,
  outcome: Findings & {
    status: RunStatus;
    finishedAt: Date;
    seconds: number;
    /** In order; of a published run they include the publish itself, up to the writing of this report. */
    steps: readonly StepRecord[];
    changes?: RunReport['changes'];
    error?: RunReport['error'];
    formatTime: (at: Date) => string;
  },
): RunReport {
  const sheetName = (entity: string): string => SHEETS.find((sheet) => sheet.entity === entity)?.sheet ?? entity;
  return {
    run_id: state.order.runId,
    status: outcome.status,
    started_at: outcome.formatTime(state.loadedAt),
    finished_at: outcome.formatTime(outcome.finishedAt),
    as_of: state.asOf && outcome.formatTime(state.asOf),
    sample: state.sample,
    workbook: { name: state.order.workbookName, sha256: state.order.sha256, bytes: state.order.bytes },
    ...(state.sameAs === undefined ? {} : { same_content_as: state.sameAs }),
    sheets: [...state.accounts.values()].map((account) => ({
      sheet: account.sheet,
      extracted: account.extracted,
      inserted: account.inserted,
      updated: account.updated,
      unchanged: account.unchanged,
      duplicates: account.duplicates,
      quarantined: account.quarantined,
      absent: account.absent,
      withdrawn: account.withdrawn,
      seconds: rounded(account.seconds),
    })),
    rejects: outcome.rejects.map(({ entity, reason_code, count }) => ({
      sheet: sheetName(entity),
      reason_code,
      count,
    })),
    issues: outcome.issues.map(({ entity, code, count }) => ({ sheet: sheetName(entity), code, count })),
    match_rates: [...state.matchRates],
    steps: outcome.steps.map((step) => ({
      name: step.name,
      seconds: rounded(step.seconds),
      rows: step.rowsIn,
      rows_out: step.rowsOut,
      rows_rejected: step.rowsRejected,
    })),
    warnings: state.warnings,
    seconds: rounded(outcome.seconds),
    peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    ...(outcome.changes ? { changes: outcome.changes } : {}),
    ...(outcome.error ? { error: outcome.error } : {}),
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
