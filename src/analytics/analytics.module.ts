import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { FollowUpService } from './follow-up.service';
import {
  ComputeAggregatesProcessor,
  EtaBacktestProcessor,
  KpiSnapshotsProcessor,
  PrepareReadingProcessor,
  RefreshViewsProcessor,
} from './jobs';
import { BacktestService } from './forecast/backtest.service';
import { ReadingService } from './reading/reading.service';
import { RecomputeService } from './recompute.service';
import { SnapshotsService } from './snapshots/snapshots.service';
import { ViewsService } from './views/views.service';

/** Tables that follow from core: aggregates, views, forecasts; and the jobs that keep them. */
@Module({
  providers: [
    FollowUpService,
    BacktestService,
    ReadingService,
    RecomputeService,
    SnapshotsService,
    ViewsService,
    ComputeAggregatesProcessor,
    EtaBacktestProcessor,
    KpiSnapshotsProcessor,
    PrepareReadingProcessor,
    RefreshViewsProcessor,
  ],
  exports: [FollowUpService],
})
export class AnalyticsModule implements OnApplicationBootstrap {
  constructor(private readonly followUp: FollowUpService) {}

  /** The command line may have published since this service last ran. */
  async onApplicationBootstrap(): Promise<void> {
    await this.followUp.ask();
  }
}
