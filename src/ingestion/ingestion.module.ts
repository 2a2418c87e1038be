import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { AnalyticsModule } from '../analytics/analytics.module';
import { Clock } from '../common/clock';
import { INGESTION_CONTROLLERS, INGESTION_HTTP_PROVIDERS } from './http/ingestion-http.providers';
import { IngestionProcessor } from './ingestion.processor';
import { IngestionService } from './ingestion.service';
import { MAINTENANCE_PROVIDERS } from './maintenance/maintenance.processors';
import { RunExecutor } from './pipeline/run-executor';
import { RunStore } from './pipeline/run-store';
import { IngestionQueries } from './queries/ingestion.queries';

/** Workbooks in: accepting, loading, and telling how it went. */
@Module({
  imports: [AnalyticsModule],
  controllers: INGESTION_CONTROLLERS,
  providers: [
    Clock,
    IngestionService,
    IngestionProcessor,
    IngestionQueries,
    RunExecutor,
    RunStore,
    ...INGESTION_HTTP_PROVIDERS,
    ...MAINTENANCE_PROVIDERS,
  ],
  exports: [IngestionService, IngestionQueries],
})
export class IngestionModule implements OnApplicationBootstrap {
  constructor(private readonly ingestion: IngestionService) {}

  /** A load whose process was killed is closed, or queued again, at the next start, whoever starts. */
  async onApplicationBootstrap(): Promise<void> {
    await this.ingestion.recover();
  }
}
