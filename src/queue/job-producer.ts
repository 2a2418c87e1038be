import { Injectable } from '@nestjs/common';
import type { JobsOptions, JobState } from 'bullmq';
import { type Span, tracer } from '../common/tracing';
import { currentScope } from '../common/work-scope';
import { messaging, packed } from './job-envelope';
import { JobName, JobPayload, JOBS, KEPT } from './jobs';
import { QueueHost } from './queue-host';

/** Where a job stands that a worker will take by itself. */
const WAITS: ReadonlySet<JobState | 'unknown'> = new Set(['waiting', 'delayed', 'prioritized', 'waiting-children']);

/** Puts jobs into their queues. */
@Injectable()
export class JobProducer {
  constructor(private readonly host: QueueHost) {}

  /**
   * Adds a job, unless one with the same id is there already (also one that is done and still kept).
   * @returns the job's id.
   */
  async add<N extends JobName>(name: N, payload: JobPayload<N>): Promise<string> {
    return this.sent(name, payload, async (id, span) => {
      await this.host.queue(JOBS[name].queue).add(name, packed(payload, span), optionsOf(name, id));
    });
  }

  /**
   * Adds parts and the job that follows once all of them have ended, well or not: all of these, or none.
   * @returns the id of the job that follows.
   */
  async addFlow<N extends JobName, P extends JobName>(
    name: N,
    payload: JobPayload<N>,
    parts: { readonly name: P; readonly payloads: readonly JobPayload<P>[] },
  ): Promise<string> {
    const part = JOBS[parts.name];
    return this.sent(name, payload, async (id, span) => {
      await this.host.flows.add({
        ...{ name, queueName: JOBS[name].queue, data: packed(payload, span), opts: optionsOf(name, id) },
        children: parts.payloads.map((each) => ({
          ...{ name: parts.name, queueName: part.queue, data: packed(each, span) },
          opts: { ...optionsOf(parts.name, part.jobId(each)), ignoreDependencyOnFailure: true },
        })),
      });
    });
  }

  private async sent<N extends JobName>(
    name: N,
    payload: JobPayload<N>,
    send: (id: string, span: Span | undefined) => Promise<void>,
  ): Promise<string> {
    const { queue, ...job } = JOBS[name];
    const id = job.jobId(payload);
    const parent = currentScope()?.span;
    const span = parent && tracer()?.start(`send ${name}`, 'producer', messaging(queue, id), parent);
    try {
      await send(id, span);
      span?.end();
    } catch (error) {
      span?.end(error);
      throw error;
    }
    return id;
  }

  /**
   * Adds a job also where an ended one of the same id is still kept; one that waits or is being worked on stays the only
   * one, on the account it was asked for.
   */
  async renew<N extends JobName>(name: N, payload: JobPayload<N>): Promise<string> {
    const { queue, ...job } = JOBS[name];
    if (!WAITS.has(await this.state(name, payload))) {
      // Throws or answers 0 while a worker holds the job: then adding it again does nothing either.
      await this.host
        .queue(queue)
        .remove(job.jobId(payload))
        .catch(() => 0);
    }
    return this.add(name, payload);
  }

  /** How far a job is; 'unknown' where it was never added, or is not kept any more. */
  async state<N extends JobName>(name: N, payload: JobPayload<N>): Promise<JobState | 'unknown'> {
    const { queue, ...job } = JOBS[name];
    return this.host.queue(queue).getJobState(job.jobId(payload));
  }
}

function optionsOf(name: JobName, jobId: string): JobsOptions {
  const { attempts, backoffMs } = JOBS[name];
  return { jobId, attempts, backoff: { type: 'exponential', delay: backoffMs }, ...KEPT };
}
