import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Global,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, HttpAdapterHost } from '@nestjs/core';
import { drainHttp } from '../common/drain-http';
import { Metrics } from '../common/metrics';
import { ENV } from '../config/config.module';
import { Env } from '../config/env';
import { Database } from '../database/database';
import { databaseIdentity } from '../database/database-identity';
import { JobProducer } from './job-producer';
import { PostgresQueues, RedisQueues } from './queue-backend';
import { QueueGauges } from './queue-gauges';
import { QueueHost } from './queue-host';
import { QUEUE_NAMES } from './queues';
import { schedulesOf } from './schedules';

/** How long jobs that were told to end, and requests, are waited for. */
const END_MS = 10_000;

/**
 * Starts the workers once every module is initialised, and ends the process's work in order: /health/ready says no, then
 * no new connections, requests and jobs that have begun end, what is still read then is given up, and the queues close. The
 * database and everything else that work in progress needs is still there; it goes with the application's own shutdown.
 */
@Injectable()
class QueueLifecycle implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  constructor(
    private readonly host: QueueHost,
    private readonly adapters: HttpAdapterHost,
    private readonly database: Database,
    @Inject(ENV) private readonly env: Pick<Env, 'role' | 'shutdownNoticeSeconds' | 'shutdownDrainSeconds'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.host.startWorkers();
  }

  onModuleDestroy(): void {
    this.host.beginEnding();
  }

  async beforeApplicationShutdown(): Promise<void> {
    const noticeMs = this.env.shutdownNoticeSeconds * 1000;
    const drainMs = this.env.shutdownDrainSeconds * 1000;
    const server = this.adapters.httpAdapter?.getHttpServer() as Server | undefined;
    const isServing = server?.listening === true;
    // Nobody sends a worker requests: its probes answer until its jobs have ended.
    const isApi = isServing && this.env.role !== 'worker';
    const jobs = this.host.drain(isApi ? noticeMs + drainMs : drainMs, END_MS);
    await (isApi ? sleep(noticeMs) : jobs);
    if (isServing) await drainHttp(server, drainMs + END_MS);
    await jobs;
    // Also what a job waits for that did not end when it was told to: its queue would not close before.
    await this.database.cancelRunning();
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
            : new RedisQueues(env.redisUrl, await databaseIdentity(database));
        const host = new QueueHost(backend, discovery, metrics, env.role !== 'api', schedulesOf(env));
        await host.open();
        return host;
      },
    },
  ],
  exports: [QueueHost, JobProducer],
})
export class QueueModule {}
