import { Injectable } from '@nestjs/common';
import { JobContext, JobProcessor } from '../queue/base.processor';
import { AfterRun } from '../queue/jobs';
import { BacktestService } from './forecast/backtest.service';
import { ReadingService } from './reading/reading.service';
import { RecomputeService } from './recompute.service';
import { SnapshotsService } from './snapshots/snapshots.service';
import { ViewsService } from './views/views.service';

/** Brings the views up to date whose inputs moved. */
@Injectable()
export class RefreshViewsProcessor extends JobProcessor<'analytics.refresh-views'> {
  readonly job = 'analytics.refresh-views' as const;

  constructor(private readonly views: ViewsService) {
    super();
  }

  async process(_payload: AfterRun, { signal }: JobContext): Promise<{ refreshed: string[] }> {
    return { refreshed: await this.views.refresh(signal) };
  }
}

/** Brings the KPI snapshots up to date. */
@Injectable()
export class KpiSnapshotsProcessor extends JobProcessor<'analytics.compute-kpi-snapshots-incremental'> {
  readonly job = 'analytics.compute-kpi-snapshots-incremental' as const;

  constructor(private readonly snapshots: SnapshotsService) {
    super();
  }

  async process(): Promise<{ from: string | null; to: string | null }> {
    const days = await this.snapshots.compute();
    return { from: days?.from ?? null, to: days?.to ?? null };
  }
}

/** Computes what follows from core from nothing, then what follows from that. */
@Injectable()
export class ComputeAggregatesProcessor extends JobProcessor<'analytics.compute-aggregates'> {
  readonly job = 'analytics.compute-aggregates' as const;

  constructor(
    private readonly recompute: RecomputeService,
    private readonly views: ViewsService,
    private readonly snapshots: SnapshotsService,
    private readonly reading: ReadingService,
    private readonly backtests: BacktestService,
  ) {
    super();
  }

  async process(_payload: AfterRun, { signal }: JobContext): Promise<{ runId: number | null }> {
    const runId = await this.recompute.run(signal);
    await this.reading.prepare(signal);
    await this.views.refresh(signal);
    await this.snapshots.compute();
    await this.backtests.compute(signal);
    return { runId: runId ?? null };
  }
}

/** Brings the tables for reading to the published version. */
@Injectable()
export class PrepareReadingProcessor extends JobProcessor<'analytics.prepare-reading'> {
  readonly job = 'analytics.prepare-reading' as const;

  constructor(private readonly reading: ReadingService) {
    super();
  }

  async process(_payload: AfterRun, { signal }: JobContext): Promise<{ version: number | null }> {
    return { version: (await this.reading.prepare(signal)) ?? null };
  }
}

/** Tries the ETAs on the past, when the stored backtest is not of the published data. */
@Injectable()
export class EtaBacktestProcessor extends JobProcessor<'analytics.eta-backtest'> {
  readonly job = 'analytics.eta-backtest' as const;

  constructor(private readonly backtests: BacktestService) {
    super();
  }

  async process(_payload: AfterRun, { signal }: JobContext): Promise<{ moments: number }> {
    return { moments: await this.backtests.compute(signal) };
  }
}
