import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { Metrics } from '../common/metrics';
import { FactoryGauges } from './factory-gauges';
import { HealthController } from './health.controller';
import { HealthService } from './health.service';
import { MetricsController } from './metrics.controller';
import { OpsController } from './ops.controller';
import { OpsService } from './ops.service';
import { ProbesController } from './probes/probes.controller';
import { QueueBoard } from './queue-board/queue-board';
import { QueueBoardController } from './queue-board/queue-board.controller';
import { ReadinessService } from './probes/readiness.service';

/** What operates the product: health, gates, the data's contract, live measurements. */
@Module({
  imports: [
    // What is not ready is told by the answer, and logged with it.
    TerminusModule.forRoot({ logger: false }),
    PrometheusModule.registerAsync({
      inject: [Metrics],
      controller: MetricsController,
      // Event loop, garbage collection, memory, handles: prom-client's own, in this application's registry.
      useFactory: ({ registry }: Metrics) => ({ defaultMetrics: { enabled: true, config: { register: registry } } }),
    }),
  ],
  controllers: [HealthController, ProbesController, OpsController, QueueBoardController],
  providers: [HealthService, ReadinessService, OpsService, FactoryGauges, QueueBoard],
})
export class OpsModule {}
