import { Injectable } from '@nestjs/common';
import { tracer } from '../common/tracing';
import { currentScope } from '../common/work-scope';
import { messaging, packed } from './job-envelope';
import { JobName, JobPayload, JOBS, KEPT } from './jobs';
import { QueueHost } from './queue-host';

/** Puts jobs into their queues. */
@Injectable()
export class JobProducer {
  constructor(private readonly host: QueueHost) {}

  /**
   * Adds a job, unless one with the same id is there already (also one that is done and still kept).
   * @returns the job's id.
   */
  async add<N extends JobName>(name: N, payload: JobPayload<N>): Promise<string> {
    const { queue, attempts, backoffMs, ...job } = JOBS[name];
    const id = job.jobId(payload);
    const parent = currentScope()?.span;
    const span = parent && tracer()?.start(`send ${name}`, 'producer', messaging(queue, id), parent);
    try {
      await this.host.queue(queue).add(name, packed(payload, span), {
        jobId: id,
        attempts,
        backoff: { type: 'exponential', delay: backoffMs },
        ...KEPT,
      });
      span?.end();
    } catch (error) {
      span?.end(error);
      throw error;
    }
    return id;
  }

  /** Adds a job also where an ended one of the same id is still kept; one that is being worked on stays the only one. */
  async renew<N extends JobName>(name: N, payload: JobPayload<N>): Promise<string> {
    const { queue, ...job } = JOBS[name];
    // Throws or answers 0 while a worker holds the job: then adding it again does nothing either.
    await this.host
      .queue(queue)
      .remove(job.jobId(payload))
      .catch(() => 0);
    return this.add(name, payload);
  }
}
