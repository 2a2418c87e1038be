import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { HealthController } from './health.controller';
import { HealthService } from './health.service';
import { OpsController } from './ops.controller';
import { OpsService } from './ops.service';
import { RequestTimes } from './request-times';
import { TimingInterceptor } from './timing.interceptor';

/** What operates the product: health, gates, the data's contract, live measurements. */
@Module({
  controllers: [HealthController, OpsController],
  providers: [
    HealthService,
    OpsService,
    RequestTimes,
    TimingInterceptor,
    { provide: APP_INTERCEPTOR, useExisting: TimingInterceptor },
  ],
})
export class OpsModule {}
