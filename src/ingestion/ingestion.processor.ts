import { Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import { FollowUpService } from '../analytics/follow-up.service';
import { DomainError } from '../common/domain-error';
import { Metrics } from '../common/metrics';
import { JobContext, JobProcessor } from '../queue/base.processor';
import { JobPayload } from '../queue/jobs';
import { endOf } from './ingestion.errors';
import { IngestionService } from './ingestion.service';
import { IngestionQueries } from './queries/ingestion.queries';
import { hasEnded } from './queries/run-report';

/** What is kept as the job's result; the run itself stands in ops.ingestion_runs. */
export interface LoadResult {
  runId: number;
  status: string;
}

/**
 * Runs the load of one recorded run. The pipeline records how it ended, so a failed job is never tried again: the same
 * workbook would fail the same way, and a second load of the run would be accounted twice.
 */
@Injectable()
export class IngestionProcessor extends JobProcessor<'ingestion.load'> {
  readonly job = 'ingestion.load' as const;

  constructor(
    private readonly ingestion: IngestionService,
    private readonly queries: IngestionQueries,
    private readonly followUp: FollowUpService,
    private readonly metrics: Metrics,
  ) {
    super();
  }

  async process({ runId }: JobPayload<'ingestion.load'>, context: JobContext): Promise<LoadResult> {
    const run = await this.queries.findProgress(runId);
    if (!run) throw new UnrecoverableError(`Run ${runId} is not recorded.`);
    // A queue delivers at least once, and a run can be cancelled while it waits.
    if (hasEnded(run.status)) return { runId, status: run.status };
    try {
      const report = await this.ingestion.run(runId, { signal: context.signal });
      this.metrics.observeLoad(report);
      await this.followUp.ask();
      return { runId, status: report.status };
    } catch (error) {
      this.metrics.observeFailedLoad(endOf(error), error instanceof DomainError ? error.code : 'INTERNAL_ERROR');
      const reason = error instanceof DomainError ? `${error.code}: ${error.message}` : String(error);
      throw new UnrecoverableError(`Run ${runId} did not complete: ${reason}`);
    }
  }
}
