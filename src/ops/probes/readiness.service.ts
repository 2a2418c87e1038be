import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, type HealthCheckResult, HealthIndicatorService } from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { pendingMigrations } from '../../database/data-source';
import { PublishedData } from '../../published/published-data';
import { QueueHost } from '../../queue/queue-host';
import { NotReadyError } from './probes.errors';

/** Kubernetes gives a probe one second unless it is told otherwise. */
const CHECK_MS = 900;

/** Whether this process can do its work now: database, schema, queue, disk. */
@Injectable()
export class ReadinessService {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly published: PublishedData,
    private readonly dataSource: DataSource,
    private readonly queues: QueueHost,
    @Inject(ENV) private readonly env: Pick<Env, 'dataDir' | 'diskFreeMinBytes'>,
  ) {}

  /** @throws NotReadyError naming what is missing, also while the process ends */
  async check(): Promise<HealthCheckResult> {
    if (this.queues.isEnding) throw new NotReadyError({ status: 'shutting_down', details: {} });
    try {
      return await this.health.check([
        () => this.attempt('database', () => this.database()),
        () => this.attempt('migrations', () => this.migrations()),
        () => this.attempt('queue', () => this.queue()),
        () => this.attempt('disk', () => this.disk()),
      ]);
    } catch (error) {
      if (error instanceof ServiceUnavailableException)
        throw new NotReadyError(error.getResponse() as HealthCheckResult);
      throw error;
    }
  }

  private attempt(name: string, ask: () => Promise<Record<string, unknown>>) {
    return this.indicators.check(name).attempt(ask).withTimeout(CHECK_MS);
  }

  private async database(): Promise<Record<string, unknown>> {
    const version = await this.published.current();
    return { data_version: version?.version ?? 0 };
  }

  private async migrations(): Promise<Record<string, unknown>> {
    const { length } = await pendingMigrations(this.dataSource);
    if (length > 0) throw new Error(`the database lacks ${length} migrations; run: npm run migrate`);
    return { pending: 0 };
  }

  private async queue(): Promise<Record<string, unknown>> {
    if (!(await this.queues.ping())) throw new Error(`the queue on ${this.queues.kind} does not answer`);
    return { backend: this.queues.kind };
  }

  private async disk(): Promise<Record<string, unknown>> {
    const { bavail, bsize } = await statfs(existing(this.env.dataDir));
    const free = bavail * bsize;
    const least = this.env.diskFreeMinBytes;
    if (free < least)
      throw new Error(`DATA_DIR has ${free} bytes free, of ${least} that it should (DISK_FREE_MIN_BYTES)`);
    return { free_bytes: free };
  }
}

/** The folder, or the nearest one above it that is there: DATA_DIR is made when something is first written. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}
