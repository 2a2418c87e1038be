import { Module } from '@nestjs/common';
import { AnalyticsModule } from './analytics/analytics.module';
import { AuthModule } from './auth/auth.module';
import { CacheModule } from './cache/cache.module';
import { KpisModule } from './kpis/kpis.module';
import { QualityModule } from './quality/quality.module';
import { SmartinventoryModule } from './smartinventory/smartinventory.module';
import { WhatifModule } from './whatif/whatif.module';
import { MlModule } from './ml/ml.module';
import { MetricsModule } from './common/metrics';
import { RequestEndsModule } from './common/request-ends';
import { ConfigModule } from './config/config.module';
import { DatabaseModule } from './database/database.module';
import { IngestionModule } from './ingestion/ingestion.module';
import { LoggerModule } from './observability/logger.module';
import { RequestLog } from './observability/request-log';
import { RequestTraces } from './observability/request-traces';
import { OpsModule } from './ops/ops.module';
import { ProdplanModule } from './prodplan/prodplan.module';
import { PublishedModule } from './published/published.module';
import { QueueModule } from './queue/queue.module';

/** The one composition root. */
@Module({
  imports: [
    ConfigModule,
    LoggerModule,
    MetricsModule,
    RequestEndsModule,
    DatabaseModule,
    QueueModule,
    AuthModule,
    PublishedModule,
    CacheModule,
    AnalyticsModule,
    IngestionModule,
    ProdplanModule,
    KpisModule,
    QualityModule,
    SmartinventoryModule,
    WhatifModule,
    MlModule,
    OpsModule,
  ],
  providers: [RequestLog, RequestTraces],
})
export class AppModule {}
