import { QueueName } from './queues';

/** Every job and what it carries: ids and scalars that survive JSON. */
export interface JobPayloads {
  'ingestion.load': { runId: number };
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

export const JOBS: { [N in JobName]: JobDefinition<N> } = {
  // Tried once: a load that failed says why in its run, and the same workbook would fail the same way.
  'ingestion.load': {
    queue: 'ingestion',
    jobId: ({ runId }) => `ingestion-load-${runId}`,
    attempts: 1,
    backoffMs: 0,
  },
};

export const JOB_NAMES = Object.keys(JOBS) as JobName[];
