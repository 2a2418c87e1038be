import { Module } from '@nestjs/common';

/** Tables that follow from core: aggregates, views, forecasts; and the jobs that keep them. */
@Module({})
export class AnalyticsModule {}
