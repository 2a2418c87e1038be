/** The report of a load, as `GET /api/ingestion/report/{run_id}` and `report RUN --json` answer it. */
export interface RunReport {
  run_id: number;
  status: RunStatus;
  /** ISO 8601 with the factory's offset. */
  started_at?: string | null;
  finished_at?: string | null;
  /** The run whose content this workbook repeats: nothing was written, rejects and issues are those of that run. */
  same_content_as?: number;
  /** Latest recorded event of the data, ISO 8601 with the factory's offset; null when unknown. */
  as_of: string | null;
  sample: boolean;
  workbook: { name: string; sha256: string | null; bytes: number | null };
  sheets: SheetAccount[];
  rejects: { sheet: string; reason_code: string; count: number }[];
  issues: { sheet: string; code: string; count: number }[];
  match_rates: MatchRate[];
  steps: { name: string; seconds: number; rows: number; rows_out?: number; rows_rejected?: number }[];
  warnings: string[];
  /** Wall-clock seconds of the whole run. */
  seconds: number | null;
  peak_rss_mb: number | null;
  /** What it changed about orders; absent where it had nothing to compare with, or the same content. */
  changes?: RunChanges;
  /** Why the run did not complete; absent otherwise. */
  error?: { code: string; detail: string; remedy?: string };
}

/**
 * created: not in the load before; finished: has a finish date now; newly_late: active, due before the day of as_of, and
 * not so before; due_later, due_earlier: another due day; due_given, due_taken: has one now, has none any more.
 */
export const ORDER_CHANGE_KINDS = [
  'created',
  'finished',
  'newly_late',
  'due_later',
  'due_earlier',
  'due_given',
  'due_taken',
] as const;
export type OrderChangeKind = (typeof ORDER_CHANGE_KINDS)[number];

/** What became of orders since the load before; of each kind how many, and the ten largest changes. */
export interface RunChanges {
  since_run_id: number;
  orders: { kind: OrderChangeKind; count: number; examples: OrderChange[] }[];
}

export interface OrderChange {
  of_id: string;
  produto_nome: string | null;
  /** ISO 8601. Of finished: the due date; of created: null; else the due date before. */
  before: string | null;
  /** ISO 8601. Of created: the creation; of finished: the finish; else the due date now. */
  after: string | null;
  /** Days after the due day (finished, newly_late; negative: before it), or by which it moved later (negative: earlier). */
  days: number | null;
}

export type RunStatus = 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'INTERRUPTED';

/** extracted = inserted + updated + unchanged + duplicates + quarantined, exactly; absent rows are not in the workbook. */
export interface SheetAccount {
  sheet: string;
  extracted: number;
  inserted: number;
  updated: number;
  unchanged: number;
  duplicates: number;
  quarantined: number;
  absent: number;
  /** Rows of the workbook that left core because they are quarantined now. */
  withdrawn?: number;
  seconds: number;
}

export interface MatchRate {
  name: string;
  matches: number;
  total: number;
  /** matches / total, 0..1; null when there is nothing to match. */
  rate: number | null;
  threshold: number | null;
  status: string;
}

/** What the pipeline leaves in ops.ingestion_runs.progress about twice a second. */
export interface RunProgress {
  run_id: number;
  step: string;
  /** 0..100 of the whole run. */
  percent: number;
  rows: number;
  rows_per_second: number;
  sheet?: string;
  /** ISO 8601. */
  at: string;
}

/** Whether nothing more will happen to a run. */
export function hasEnded(status: RunStatus): boolean {
  return status !== 'QUEUED' && status !== 'RUNNING';
}
