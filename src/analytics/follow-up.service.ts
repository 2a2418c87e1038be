import { Injectable, Logger } from '@nestjs/common';
import { PublishedData } from '../published/published-data';
import { JobProducer } from '../queue/job-producer';
import { JobName } from '../queue/jobs';
import { RecomputeService } from './recompute.service';

const AFTER_PUBLISH = [
  'analytics.prepare-reading',
  'analytics.refresh-views',
  'analytics.compute-kpi-snapshots-incremental',
  'analytics.eta-backtest',
] as const satisfies readonly JobName[];

/**
 * Asks for what follows a publish and may lag behind it. The service asks when a load of its own ends and when it
 * starts, since the command line, which has no queues, may have published in between; the hourly schedule asks too.
 * Where nothing moved the jobs do nothing.
 */
@Injectable()
export class FollowUpService {
  private readonly logger = new Logger(FollowUpService.name);

  constructor(
    private readonly published: PublishedData,
    private readonly producer: JobProducer,
    private readonly recompute: RecomputeService,
  ) {}

  /** Never throws: the data are published, and the schedule comes to what could not be asked for. */
  async ask(): Promise<void> {
    try {
      const current = await this.published.current();
      if (current === undefined) return;
      const { runId } = current;
      if ((await this.recompute.outdatedRun()) !== undefined) {
        await this.producer.add('analytics.compute-aggregates', { runId });
        return;
      }
      for (const job of AFTER_PUBLISH) await this.producer.add(job, { runId });
    } catch (error) {
      this.logger.warn(`What follows the publish waits for the schedule: ${(error as Error).message}`);
    }
  }
}
