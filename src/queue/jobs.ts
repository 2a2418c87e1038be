import { QueueName } from './queues';

/** Every job and what it carries: ids and scalars that survive JSON. */
export interface JobPayloads {
  'ingestion.load': { runId: number };
  /** Does a training that was asked for; without one, asked by the schedule, all of them. */
  'ml.train': { trainingId?: number };
  /** Brings the materialized views up to date; without a run when the schedule asks. */
  'analytics.refresh-views': AfterRun;
  /** Computes everything that follows from core from nothing. */
  'analytics.compute-aggregates': AfterRun;
  /** Brings the KPI snapshots up to date. */
  'analytics.compute-kpi-snapshots-incremental': AfterRun;
  /** Makes what answers read by in place of core. */
  'analytics.prepare-reading': AfterRun;
  /** Tries the ETAs on the past. */
  'analytics.eta-backtest': AfterRun;
  /** Makes the model of the published data that scenarios start from. */
  'whatif.prepare': AfterRun;
  /** Follows the parts of a sweep. */
  'whatif.sweep': { sweepId: number };
  /** Simulates the points first .. end - 1 of a sweep. */
  'whatif.sweep-part': { sweepId: number; first: number; end: number };
  /** Queues what is open of sweeps that no job works on. */
  'whatif.recover-sweeps': AfterRun;
  /** Repairs the derived columns of phases. */
  'maintenance.backfill-phase-columns': AfterRun;
  /** Repairs the times of errors. */
  'maintenance.backfill-error-event-time': AfterRun;
  /** Marks orphans whose parent has arrived, and records those that no load has recorded. */
  'maintenance.reconcile': AfterRun;
  /** Makes the monthly partitions of the next months. */
  'maintenance.ensure-partitions-ahead': AfterRun;
  /** Writes what the partitions hold into a report. */
  'maintenance.partition-health-report': AfterRun;
  /** Forgets old entries of the audit log. */
  'maintenance.prune-audit-log': AfterRun;
  /** Removes old uploads. */
  'maintenance.prune-uploads': AfterRun;
}

/** The published run on whose account a job is asked for, which keeps one run from asking twice. */
export interface AfterRun {
  runId?: number;
  /** When core was repaired, on whose account it is asked for; milliseconds since 1970. */
  repairedAt?: number;
}

export type JobName = keyof JobPayloads;
export type JobPayload<N extends JobName> = JobPayloads[N];

/** Where a job runs, what makes two of them the same, and what happens when it fails. */
export interface JobDefinition<N extends JobName> {
  queue: QueueName;
  /** The id two equal jobs share, so that the second is not added. ':' is not allowed in it. */
  jobId(payload: JobPayload<N>): string;
  /** Tries in all. */
  attempts: number;
  /** Pause before the second try, milliseconds; doubled before each further one. */
  backoffMs: number;
}

/** How long ended jobs are kept, seconds; what they did stands in the product's own tables. */
export const KEPT = { removeOnComplete: { age: 24 * 3600 }, removeOnFail: { age: 14 * 24 * 3600 } };

export const JOBS: { [N in JobName]: JobDefinition<N> } = {
  // Tried once: a load that failed says why in its run, and the same workbook would fail the same way.
  'ingestion.load': {
    queue: 'ingestion',
    jobId: ({ runId }) => `ingestion-load-${runId}`,
    attempts: 1,
    backoffMs: 0,
  },
  // Tried once: how it ended stands in its training, and whoever wants another asks for it.
  'ml.train': {
    queue: 'ml',
    jobId: ({ trainingId }) => ['ml-train', trainingId].filter(Boolean).join('-'),
    attempts: 1,
    backoffMs: 0,
  },
  'analytics.refresh-views': afterRun('refresh-views'),
  'analytics.compute-aggregates': afterRun('compute-aggregates'),
  'analytics.compute-kpi-snapshots-incremental': afterRun('compute-kpi-snapshots-incremental'),
  'analytics.prepare-reading': afterRun('prepare-reading'),
  'analytics.eta-backtest': afterRun('eta-backtest'),
  'whatif.prepare': afterRun('whatif-prepare'),
  'whatif.sweep': {
    queue: 'whatif',
    jobId: ({ sweepId }) => `whatif-sweep-${sweepId}`,
    attempts: 3,
    backoffMs: 2_000,
  },
  'whatif.sweep-part': {
    queue: 'whatif',
    jobId: ({ sweepId, first }) => `whatif-sweep-${sweepId}-${first}`,
    attempts: 3,
    backoffMs: 2_000,
  },
  'whatif.recover-sweeps': afterRun('whatif-recover-sweeps'),
  'maintenance.backfill-phase-columns': afterRun('backfill-phase-columns'),
  'maintenance.backfill-error-event-time': afterRun('backfill-error-event-time'),
  'maintenance.reconcile': afterRun('reconcile'),
  'maintenance.ensure-partitions-ahead': afterRun('ensure-partitions-ahead'),
  'maintenance.partition-health-report': afterRun('partition-health-report'),
  'maintenance.prune-audit-log': afterRun('prune-audit-log'),
  'maintenance.prune-uploads': afterRun('prune-uploads'),
};

/** A job that may be done any number of times: what goes wrong (a lost connection, a lock) is tried again. */
function afterRun(name: string): {
  queue: QueueName;
  jobId(payload: AfterRun): string;
  attempts: number;
  backoffMs: number;
} {
  return {
    queue: 'analytics',
    jobId: ({ runId, repairedAt }) => [name, runId, repairedAt && `repair-${repairedAt}`].filter(Boolean).join('-'),
    attempts: 3,
    backoffMs: 5_000,
  };
}

export const JOB_NAMES = Object.keys(JOBS) as JobName[];
