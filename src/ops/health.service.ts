import { types } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { FactoryTime } from '../common/factory-time';
import { Clock } from '../common/clock';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { Database } from '../database/database';
import { freshness } from '../published/freshness';
import { PublishedData, type PublishedVersion } from '../published/published-data';
import { QueueHost } from '../queue/queue-host';
import type { HealthDto } from './dto/health.dto';
import type { OpsHealthDto, ServiceDto } from './dto/ops-health.dto';
import { within } from '../common/within';

/** The frontend takes a health answer that needs 2 s for no answer. */
const PROBE_MS = 1200;
const MS_PER_HOUR = 3_600_000;

interface Probed<T> {
  value?: T;
  error?: string;
  latencyMs: number;
}

/** Whether what the service stands on is there, and of which load its data are. It answers also when nothing is. */
@Injectable()
export class HealthService {
  /** By a clock that nobody sets. */
  private readonly startedAtMs = performance.now();
  private readonly place: { db_host: string; db_port: number; db_name: string };

  constructor(
    database: Database,
    private readonly published: PublishedData,
    private readonly queues: QueueHost,
    private readonly clock: Clock,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'role'>,
  ) {
    const url = new URL(database.connectionString);
    this.place = {
      db_host: decodeURIComponent(url.hostname),
      db_port: Number(url.port || 5432),
      db_name: decodeURIComponent(url.pathname.slice(1)),
    };
  }

  /** For /api/health. Without REDIS_URL there is no Redis to miss: healthy, with redis_connected false. */
  async health(): Promise<HealthDto> {
    const { database, redis } = await this.probeAll();
    const dbConnected = database.error === undefined;
    const redisMissing = redis?.error !== undefined;
    const version = database.value;
    const lastError = database.error ?? redis?.error;
    return {
      status: dbConnected ? (redisMissing ? 'degraded' : 'healthy') : 'unhealthy',
      db_connected: dbConnected,
      redis_connected: redis !== undefined && !redisMissing,
      ...this.place,
      execution_mode: this.env.role,
      checks: {
        database: dbConnected ? 'up' : 'down',
        redis: redis === undefined ? 'not configured' : redisMissing ? 'down' : 'up',
        data: !dbConnected
          ? 'unknown'
          : version === undefined
            ? 'nothing loaded'
            : version.sample
              ? 'sample'
              : 'loaded',
      },
      ...(lastError === undefined ? {} : { last_error: lastError }),
      sample: version?.sample ?? false,
      ...(version === undefined ? {} : { data_version: version.version, run_id: version.runId }),
      ...freshness(version, this.time),
    };
  }

  /** For /api/ops/health: the same findings in the words of the operations page, every one a plain string. */
  async opsHealth(): Promise<OpsHealthDto> {
    const { database, redis } = await this.probeAll();
    const db = serviceOf(database);
    const cache: ServiceDto = redis === undefined ? { status: 'not configured' } : serviceOf(redis);
    const now = this.clock.now();
    return {
      status: db.status === 'up' ? (cache.status === 'down' ? 'degraded' : 'up') : 'down',
      api_status: 'up',
      db_status: db.status,
      database: db.status,
      redis_status: cache.status,
      redis: cache.status,
      services: { api: { status: 'up' }, database: db, redis: cache },
      uptime_hours: (performance.now() - this.startedAtMs) / MS_PER_HOUR,
      checked_at: this.time.iso(now),
      ...freshness(database.value, this.time),
    };
  }

  private async probeAll(): Promise<{ database: Probed<PublishedVersion | undefined>; redis?: Probed<void> }> {
    const [database, redis] = await Promise.all([
      this.probe('The database', () => this.published.current()),
      this.queues.kind === 'redis' ? this.probe('Redis', () => this.pingRedis()) : undefined,
    ]);
    return { database, redis };
  }

  private async pingRedis(): Promise<void> {
    if (!(await this.queues.ping())) throw new Error('Redis does not answer');
  }

  private async probe<T>(what: string, ask: () => Promise<T>): Promise<Probed<T>> {
    const began = performance.now();
    const latency = () => Math.round(performance.now() - began);
    try {
      return { value: await within(PROBE_MS, what, ask()), latencyMs: latency() };
    } catch (error) {
      return { error: describe(what, error), latencyMs: latency() };
    }
  }
}

function serviceOf(probed: Probed<unknown>): ServiceDto {
  return { status: probed.error === undefined ? 'up' : 'down', latency_ms: probed.latencyMs };
}

/** A code and a cause, never a connection string. An AggregateError (host with two addresses) has an empty message. */
function describe(what: string, error: unknown): string {
  if (!types.isNativeError(error)) return `${what}: ${String(error)}`;
  const { code } = error as { code?: unknown };
  const message = error.message || (typeof code === 'string' ? code : error.name);
  return message.startsWith(what) ? message : `${what}: ${message}`;
}
