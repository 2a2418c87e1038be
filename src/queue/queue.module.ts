import { BeforeApplicationShutdown, Global, Injectable, Module, OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { Metrics } from '../common/metrics';
import { ENV } from '../config/config.module';
import { Env } from '../config/env';
import { Database } from '../database/database';
import { JobProducer } from './job-producer';
import { PostgresQueues, RedisQueues } from './queue-backend';
import { QueueGauges } from './queue-gauges';
import { QueueHost } from './queue-host';
import { QUEUE_NAMES } from './queues';
import { schedulesOf } from './schedules';

/**
 * Starts the workers once every module is initialised. Ends them before the application shuts down, while the database
 * and everything else a running job needs is still there.
 */
@Injectable()
class QueueLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly host: QueueHost) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.host.startWorkers();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.host.close();
  }
}

/**
 * The product's queues: on Redis when REDIS_URL is set, else in the product's own PostgreSQL.
 * Without @nestjs/bullmq, which cannot choose a backend: docs/decisions/queue-backends.md.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    QueueLifecycle,
    JobProducer,
    QueueGauges,
    {
      provide: QueueHost,
      inject: [ENV, Database, DiscoveryService, Metrics],
      useFactory: async (env: Env, database: Database, discovery: DiscoveryService, metrics: Metrics) => {
        const backend =
          env.redisUrl === undefined
            ? new PostgresQueues(database.connectionString, QUEUE_NAMES.length)
            : new RedisQueues(env.redisUrl);
        const host = new QueueHost(backend, discovery, metrics, env.role !== 'api', schedulesOf(env));
        await host.open();
        return host;
      },
    },
  ],
  exports: [QueueHost, JobProducer],
})
export class QueueModule {}
