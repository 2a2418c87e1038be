import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { HealthService } from './health.service';

/** What operates the product: its health. */
@Module({
  controllers: [HealthController],
  providers: [HealthService],
})
export class OpsModule {}
