import { Injectable } from '@nestjs/common';
import { Metrics } from '../common/metrics';
import { QueueHost } from './queue-host';
import { QUEUE_NAMES } from './queues';

const STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

/** How long each queue is, and how long its oldest job has been waiting, read when Prometheus asks. */
@Injectable()
export class QueueGauges {
  constructor(metrics: Metrics, host: QueueHost) {
    metrics.gauges(
      'queues',
      {
        jobs: {
          name: 'queue_jobs',
          help: 'Jobs of a queue by state: waiting, active, delayed (schedules and retries), failed and still kept.',
          labelNames: ['queue', 'state'],
        },
        age: {
          name: 'queue_oldest_waiting_seconds',
          help: 'Seconds that the oldest waiting job of a queue has been waiting; 0 when none waits.',
          labelNames: ['queue'],
        },
      },
      async () => {
        // The machine's own time, as BullMQ stamps jobs with it.
        const now = Date.now();
        const found = await Promise.all(
          QUEUE_NAMES.map(async (name) => {
            const queue = host.queue(name);
            const [counts, waiting] = await Promise.all([
              queue.getJobCounts(...STATES),
              queue.getJobs(['waiting'], 0, 0, true),
            ]);
            return { name, counts, since: waiting.at(0)?.timestamp };
          }),
        );
        return {
          jobs: found.flatMap(({ name, counts }) =>
            STATES.map((state) => ({ labels: { queue: name, state }, value: counts[state] ?? 0 })),
          ),
          age: found.map(({ name, since }) => ({
            labels: { queue: name },
            value: since === undefined ? 0 : Math.max(0, (now - since) / 1000),
          })),
        };
      },
    );
  }
}
