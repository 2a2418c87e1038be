import { Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AnalyticsModule } from '../analytics/analytics.module';
import { Clock } from '../common/clock';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { INGESTION_CONTROLLERS, INGESTION_HTTP_PROVIDERS } from './http/ingestion-http.providers';
import { IngestionProcessor } from './ingestion.processor';
import { IngestionService } from './ingestion.service';
import { MAINTENANCE_PROVIDERS } from './maintenance/maintenance.processors';
import { RunExecutor } from './pipeline/run-executor';
import { RunStore } from './pipeline/run-store';
import { IngestionQueries } from './queries/ingestion.queries';

/** Longer than a load of the command line waits for the lock: what is about to begin is no worker's. */
const LOOK_MS = 15_000;

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
export class IngestionModule implements OnApplicationBootstrap, OnModuleDestroy {
  private look: NodeJS.Timeout | undefined;

  constructor(
    private readonly ingestion: IngestionService,
    @Inject(ENV) private readonly env: Pick<Env, 'role'>,
  ) {}

  /** A load whose process was killed is closed, or queued again, at the next start, whoever starts. */
  async onApplicationBootstrap(): Promise<void> {
    await this.ingestion.recover();
    if (this.env.role === 'api') return;
    this.look = setInterval(() => {
      // Where the database or the queue is away, health says it; the next look does what this one could not.
      this.ingestion.lookAfter().catch(() => undefined);
    }, LOOK_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.look);
  }
}
