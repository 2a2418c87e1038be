import { JobName, JobPayload } from './jobs';

/** What a processor is told besides its payload. */
export interface JobContext {
  jobId: string;
  /** 1 for the first try. */
  attempt: number;
  /** Aborted when the process is asked to end: leave what is unfinished in a state the next start understands. */
  signal: AbortSignal;
}

/**
 * The handler of one job. Make it a provider of the module that owns the job; the queue module finds it, and the start
 * fails when a job has none or two. A failure is thrown, never returned: BullMQ's retries see only what is thrown.
 */
export abstract class JobProcessor<N extends JobName = JobName> {
  abstract readonly job: N;

  /** What is returned is kept as the job's result: small and JSON. */
  abstract process(payload: JobPayload<N>, context: JobContext): Promise<unknown>;
}
