import { Injectable } from '@nestjs/common';
import { packed } from './job-envelope';
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
    await this.host.queue(queue).add(name, packed(payload), {
      jobId: id,
      attempts,
      backoff: { type: 'exponential', delay: backoffMs },
      ...KEPT,
    });
    return id;
  }
}
