import { JobName } from './jobs';

/** A job that repeats. */
export interface Schedule {
  readonly job: JobName;
  /** Cron: minute, hour, day of month, month, day of week; in UTC. */
  readonly pattern: string;
  readonly why: string;
}

/**
 * Everything that repeats, in one place. Each job may be done any number of times and by two processes at once, and
 * costs next to nothing where there is nothing to do.
 */
export const SCHEDULES: readonly Schedule[] = [
  { job: 'analytics.prepare-reading', pattern: '3 * * * *', why: 'a publish by the command line asks nobody' },
  { job: 'analytics.refresh-views', pattern: '5 * * * *', why: 'the same' },
  { job: 'analytics.compute-kpi-snapshots-incremental', pattern: '10 * * * *', why: 'the same' },
  { job: 'analytics.eta-backtest', pattern: '0 3 * * *', why: 'the same' },
  { job: 'whatif.prepare', pattern: '15 * * * *', why: 'the first scenario after a load would wait for its model' },
  { job: 'whatif.recover-sweeps', pattern: '*/5 * * * *', why: 'a process killed before it had queued all of a sweep' },
  { job: 'maintenance.backfill-phase-columns', pattern: '0 2 * * *', why: 'repairs what was written past the load' },
  { job: 'maintenance.backfill-error-event-time', pattern: '5 2 * * *', why: 'the same' },
  { job: 'maintenance.reconcile', pattern: '15 2 * * *', why: 'orphans of earlier runs whose parent has arrived' },
  { job: 'maintenance.ensure-partitions-ahead', pattern: '30 2 * * *', why: 'a factory that loads rarely' },
  { job: 'maintenance.partition-health-report', pattern: '45 2 * * *', why: 'rows in the default partition' },
  { job: 'maintenance.prune-audit-log', pattern: '50 2 * * *', why: 'AUDIT_RETENTION_DAYS' },
  { job: 'maintenance.prune-uploads', pattern: '55 2 * * *', why: 'UPLOAD_RETENTION_DAYS' },
];

/** Minutes of two cores: only where somebody wants it. */
const TRAINING: Schedule = { job: 'ml.train', pattern: '30 3 * * *', why: 'ML_TRAIN_NIGHTLY' };

/** What repeats in this installation. */
export function schedulesOf({ mlTrainNightly }: { mlTrainNightly: boolean }): readonly Schedule[] {
  return mlTrainNightly ? [...SCHEDULES, TRAINING] : SCHEDULES;
}
