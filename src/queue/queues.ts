/** The queues and how their workers behave. */
export interface QueueSettings {
  /** Jobs of this queue that one process runs side by side. */
  concurrency: number;
  /** How long a worker may be silent before its job counts as lost, milliseconds. */
  lockDuration: number;
  /** How often a lost job is given to another worker. */
  maxStalledCount: number;
}

export const QUEUES = {
  // One load at a time: it takes all cores and one advisory lock anyway. A load whose worker died is not taken up by
  // another: it is recorded as interrupted and begun anew by whoever wants it, with a new run.
  ingestion: { concurrency: 1, lockDuration: 60_000, maxStalledCount: 0 },
  // What follows from published data. Every job of it may be done again, so a lost one is.
  analytics: { concurrency: 1, lockDuration: 60_000, maxStalledCount: 2 },
  // Minutes of work that must not hold up the others. A killed training is recorded as interrupted, not taken up.
  ml: { concurrency: 1, lockDuration: 60_000, maxStalledCount: 0 },
  // Parts of sweeps: two of a process keep its simulation threads busy. What is done of a lost one stays done.
  whatif: { concurrency: 2, lockDuration: 60_000, maxStalledCount: 2 },
} as const satisfies Record<string, QueueSettings>;

export type QueueName = keyof typeof QUEUES;
export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];
