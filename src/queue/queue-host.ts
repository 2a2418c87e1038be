import { hostname } from 'node:os';
import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { defaultRepeatStrategy, FlowProducer, Job, Queue, Worker } from 'bullmq';
import { Metrics } from '../common/metrics';
import { ProcessEndingError } from '../common/process-ending';
import { tracer } from '../common/tracing';
import { withinScope, type WorkScope } from '../common/work-scope';
import { JobProcessor } from './base.processor';
import { handlersByJob } from './handler-check';
import { messaging, unpacked } from './job-envelope';
import { JobName, JobPayload, JOBS, KEPT } from './jobs';
import { QueueBackend } from './queue-backend';
import { QUEUE_NAMES, QueueName, QUEUES } from './queues';
import type { Schedule } from './schedules';

/** How often a queue is searched for jobs whose worker was silent for longer than `lockDuration`. */
const STALLED_INTERVAL_MS = 5_000;
/** Who took a job, as the board of queues shows it. */
const WORKER_NAME = `${hostname()}-${process.pid}`;
/** How often it is looked whether what repeats is still going to. */
const LOOK_MS = 15_000;

/** No clock is set farther ahead than that. */
const FAR_AHEAD_MS = 100 * 365 * 24 * 3_600_000;

/** When a schedule is to be done next, milliseconds since 1970. */
function dueTime({ pattern }: Schedule): number {
  return defaultRepeatStrategy(Date.now(), { pattern, tz: 'UTC' }) ?? 0;
}

/** The id that BullMQ gives the job of a schedule at a time. */
function iterationId({ job }: Schedule, at: number): string {
  return `repeat:${job}:${at}`;
}

/** This process's queues and, when its role has them, its workers. */
@Injectable()
export class QueueHost {
  private readonly logger = new Logger(QueueHost.name);
  private readonly queues = new Map<QueueName, Queue>();
  private flowProducer: FlowProducer | undefined;
  private readonly workers: Worker[] = [];
  private readonly ending = new AbortController();
  private stopping = false;
  private look: NodeJS.Timeout | undefined;

  constructor(
    private readonly backend: QueueBackend,
    private readonly discovery: DiscoveryService,
    private readonly metrics: Metrics,
    private readonly runsJobs: boolean,
    private readonly schedules: readonly Schedule[],
  ) {}

  get kind(): QueueBackend['kind'] {
    return this.backend.kind;
  }

  ping(): Promise<boolean> {
    return this.backend.ping();
  }

  queue(name: QueueName): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`The queue ${name} is not open.`);
    return queue;
  }

  get flows(): FlowProducer {
    if (!this.flowProducer) throw new Error('The queues are not open.');
    return this.flowProducer;
  }

  /** Opens the queues. @throws Error when their place cannot be reached. */
  async open(): Promise<void> {
    await this.backend.open();
    for (const name of QUEUE_NAMES) {
      const queue = this.backend.queue(name);
      queue.on('error', (error: Error) => this.warn(`queue ${name}: ${error.message}`));
      this.queues.set(name, queue);
    }
    this.flowProducer = this.backend.flows();
    this.flowProducer.on('error', (error: Error) => this.warn(`flows: ${error.message}`));
    await Promise.all([...this.queues.values(), this.flowProducer].map((each) => each.waitUntilReady()));
  }

  /**
   * Starts the workers, in a role that has them. The handlers are checked in every role: an API without a handler
   * would otherwise accept jobs that no worker of the same build can do. Repeating jobs are set up with the workers.
   * @throws Error when a job has no handler or two.
   */
  async startWorkers(): Promise<void> {
    const providers = this.discovery.getProviders().map((wrapper) => wrapper.instance as unknown);
    const processors = new Set(providers.filter((instance) => instance instanceof JobProcessor));
    const handlers = handlersByJob([...processors]);
    if (!this.runsJobs) return;
    for (const name of QUEUE_NAMES) {
      const options = { ...QUEUES[name], stalledInterval: STALLED_INTERVAL_MS, name: WORKER_NAME };
      const worker = this.backend.worker(name, (job) => this.run(handlers, job), options);
      worker.on('error', (error: Error) => this.warn(`worker ${name}: ${error.message}`));
      worker.on('failed', (job, error) => this.logFailure(job, error));
      this.workers.push(worker);
    }
    await this.keepSchedules();
    this.look = setInterval(() => {
      // A queue that is away is told of by its workers; the next look mends.
      this.mendSchedules().catch(() => undefined);
    }, LOOK_MS).unref();
  }

  /**
   * Puts right what repeats and would not, or not in time: a Redis that came back empty has forgotten it, a clock that was
   * ahead when the next time was computed has put it off until that time comes, and one that was behind has left a time
   * that is past.
   */
  async mendSchedules(): Promise<void> {
    for (const schedule of this.schedules) {
      const next = (await this.queueOf(schedule).getJobScheduler(schedule.job))?.next;
      if (next === undefined || next > dueTime(schedule)) await this.keepSchedule(schedule);
      else if (next < Date.now() - LOOK_MS) await this.mendOverdue(schedule, next);
    }
  }

  /** Whether the process has been asked to end. */
  get isEnding(): boolean {
    return this.stopping;
  }

  beginEnding(): void {
    clearInterval(this.look);
    this.stopping = true;
  }

  /**
   * Takes no further jobs and waits for those that run: they may end by themselves for `ownMs`, are then told to, and are
   * given up after `endMs` more. A job that is given up is another worker's once its lock has gone, or its run is recorded
   * as interrupted.
   */
  async drain(ownMs: number, endMs: number): Promise<void> {
    this.beginEnding();
    const tell = (): void => this.ending.abort(new ProcessEndingError());
    const timers = [setTimeout(tell, ownMs)];
    if (ownMs === 0) tell();
    const ended = Promise.all(this.workers.map((worker) => worker.close())).then(() => true);
    const late = new Promise<boolean>((resolve) => timers.push(setTimeout(() => resolve(false), ownMs + endMs)));
    const inTime = await Promise.race([ended, late]);
    for (const timer of timers) clearTimeout(timer);
    tell();
    if (!inTime) this.logger.warn('Jobs that did not end in time are left to other workers.');
  }

  /** Closes the queues, whose workers are drained. */
  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await this.flowProducer?.close();
    await this.backend.close();
  }

  /**
   * Makes the repeating jobs those of this build. The id of a schedule is its job's name, so that any number of starts
   * leave one; what an older build left and this one does not have is taken away.
   */
  private async keepSchedules(): Promise<void> {
    for (const schedule of this.schedules) await this.keepSchedule(schedule);
    const wanted = new Set<string>(this.schedules.map(({ job }) => job));
    for (const name of QUEUE_NAMES) {
      const queue = this.queue(name);
      for (const { key } of await queue.getJobSchedulers()) {
        if (!wanted.has(key)) await queue.removeJobScheduler(key);
      }
    }
  }

  /**
   * What has come due either waits for its turn, or for a worker that sleeps until its clock, which was behind, says so, or it
   * has ended without a next time, since that one was done already while the clock was ahead.
   */
  private async mendOverdue(schedule: Schedule, next: number): Promise<void> {
    const job = await this.queueOf(schedule).getJob(iterationId(schedule, next));
    const state = await job?.getState();
    if (state === 'delayed') await job?.promote();
    else if (state === undefined || state === 'completed' || state === 'failed') await this.keepSchedule(schedule);
  }

  private async keepSchedule(schedule: Schedule): Promise<void> {
    const { job, pattern } = schedule;
    const { attempts, backoffMs } = JOBS[job];
    const queue = this.queueOf(schedule);
    const state = await queue.getJobState(iterationId(schedule, dueTime(schedule)));
    // Done before its time, by a clock that was ahead: BullMQ refuses to do it again while it remembers it.
    if (state === 'completed' || state === 'failed') await queue.clean(-FAR_AHEAD_MS, 0, state);
    await queue.upsertJobScheduler(
      job,
      { pattern, tz: 'UTC' },
      { name: job, data: {}, opts: { attempts, backoff: { type: 'exponential', delay: backoffMs }, ...KEPT } },
    );
  }

  private queueOf({ job }: Schedule): Queue {
    return this.queue(JOBS[job].queue);
  }

  /** Outside the job's scope: BullMQ tells of it when the handler has long returned. */
  private logFailure(job: Job | undefined, error: Error): void {
    const { askedBy } = unpacked((job?.data ?? {}) as object);
    this.logger.error({
      msg: `job ${job?.name} ${job?.id} failed: ${error.message}`,
      correlation_id: askedBy?.correlationId ?? job?.id,
      job: job?.name,
      job_id: job?.id,
    });
  }

  private warn(message: string): void {
    // While the process ends a server that ends too may be faster than the goodbye of a session: nothing is lost then.
    if (!this.stopping) this.logger.warn(message);
  }

  private async run(handlers: Map<JobName, JobProcessor>, job: Job): Promise<unknown> {
    const handler = handlers.get(job.name as JobName);
    // A queue outlives deployments: the job may be of an older or newer build.
    if (!handler) throw new Error(`This build knows no job ${job.name}.`);
    const { payload, askedBy } = unpacked(job.data as object);
    const id = job.id ?? '';
    const scope = {
      correlationId: askedBy?.correlationId ?? id,
      endpoint: `job ${job.name}`,
      job: { name: job.name, id },
      span: tracer()?.start(`process ${job.name}`, 'consumer', messaging(job.queueName, id), askedBy?.traceparent),
    };
    return withinScope(scope, () =>
      this.measured(scope, job.name, () =>
        handler.process(payload as JobPayload<JobName>, {
          jobId: id,
          attempt: job.attemptsMade + 1,
          signal: this.ending.signal,
        }),
      ),
    );
  }

  private async measured<T>({ span }: WorkScope, job: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const observe = (outcome: string): void =>
      this.metrics.jobSeconds.observe({ job, outcome }, (performance.now() - began) / 1000);
    try {
      const result = await work();
      observe('done');
      span?.end();
      return result;
    } catch (error) {
      observe('failed');
      span?.end(error);
      throw error;
    }
  }
}
