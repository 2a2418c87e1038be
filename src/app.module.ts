import { Module } from '@nestjs/common';
import { ConfigModule } from './config/config.module';
import { DatabaseModule } from './database/database.module';
import { IngestionModule } from './ingestion/ingestion.module';
import { LoggerModule } from './observability/logger.module';
import { OpsModule } from './ops/ops.module';
import { ProdplanModule } from './prodplan/prodplan.module';
import { PublishedModule } from './published/published.module';
import { QueueModule } from './queue/queue.module';

/** The one composition root. */
@Module({
  imports: [
    ConfigModule,
    LoggerModule,
    DatabaseModule,
    QueueModule,
    PublishedModule,
    IngestionModule,
    ProdplanModule,
    OpsModule,
  ],
})
export class AppModule {}
