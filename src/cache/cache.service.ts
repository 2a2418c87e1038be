import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { createCache, type Cache } from 'cache-manager';
import { Keyv } from 'keyv';
import { KeptAnswers } from '../common/kept-answers';
import { Metrics } from '../common/metrics';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { Database } from '../database/database';
import { PublishedData, type PublishedVersion, type SnapshotQuery } from '../published/published-data';
import { BoundedMemory } from './bounded-memory';
import { canonicalParams, type CacheParams } from './cache-key';
import { SharedStore } from './shared-store';

/** With CLOCK=data an answer changes only with a publish, which changes its key: this only clears away the forgotten. */
const DATA_CLOCK_TTL_MS = 3_600_000;
const DEFAULT_WALL_SECONDS = 60;

type CacheSettings = Pick<
  Env,
  'cacheEnabled' | 'cacheMaxBytes' | 'redisUrl' | 'clock' | 'dormantDays' | 'terminalPhases' | 'factoryTz'
>;

export interface RememberOptions {
  /** Seconds that an answer lives with CLOCK=wall, where ages grow by themselves. Default 60. */
  wallSeconds?: number;
}

/** What a cached answer is computed with: the same snapshot that PublishedData.read gives. */
export type Compute<T> = (query: SnapshotQuery, published: PublishedVersion | undefined) => Promise<T>;

const CACHE_GAUGES = {
  bytes: { name: 'cache_bytes', help: 'Memory that kept answers take in this process, as estimated, bytes.' },
  limit: { name: 'cache_limit_bytes', help: 'Memory that kept answers may take (CACHE_MAX_BYTES), bytes.' },
};

/**
 * Answers kept until the next publish: in this process, and in Redis too when REDIS_URL is set.
 *
 * The key holds the published version, the route and its parameters. The version to look under is read for every
 * request (shared by those that wait at the same time), so a publish is seen at once. The version to keep under is the
 * one that the computing snapshot saw: a reader that lags behind can fill the cache of the past and no other.
 */
@Injectable()
export class CacheService implements OnModuleInit, OnApplicationShutdown {
  private readonly scope: string;
  private readonly held: BoundedMemory;
  private readonly memory: Cache;
  /** What the keys of the version that was seen last begin with. */
  private newest = '';
  private readonly redis: SharedStore | undefined;
  private readonly shared: Cache | undefined;
  private readonly computing = new Map<string, Promise<unknown>>();

  constructor(
    private readonly published: PublishedData,
    private readonly metrics: Metrics,
    private readonly answers: KeptAnswers,
    database: Database,
    @Inject(ENV) private readonly env: CacheSettings,
  ) {
    this.scope = scopeOf(database.connectionString, env);
    // An answer is held as an object and as the text that is sent: two bytes a character, twice.
    const memory = (this.held = new BoundedMemory(env.cacheMaxBytes / 4));
    this.memory = createCache({
      stores: [
        new Keyv({
          store: memory,
          useKeyPrefix: false,
          serialize: undefined,
          deserialize: undefined,
        }),
      ],
    });
    metrics.gauges('cache', CACHE_GAUGES, () => ({
      bytes: [{ value: memory.characters * 4 }],
      limit: [{ value: env.cacheMaxBytes }],
    }));
    if (!env.cacheEnabled || env.redisUrl === undefined) return;
    this.redis = new SharedStore(env.redisUrl, () => metrics.cacheErrors.inc({ endpoint: 'redis' }));
    this.shared = createCache({ stores: [new Keyv({ store: this.redis, useKeyPrefix: false })] });
  }

  onModuleInit(): void {
    this.redis?.open();
  }

  onApplicationShutdown(): void {
    this.redis?.close();
  }

  /**
   * The answer of `compute` for the published data: from the cache, else computed once however many ask at the same
   * time, and kept. All callers get the same object, which nobody may change.
   *
   * @param route which answer it is; unique in the product, such as `kpis.overview`
   * @param params all that the answer depends on beside the published data
   * @param compute runs in one snapshot of the published data; what it throws reaches every waiting caller and is not kept
   */
  async remember<T>(
    route: string,
    params: CacheParams,
    compute: Compute<T>,
    options: RememberOptions = {},
  ): Promise<T> {
    if (!this.env.cacheEnabled) return this.published.readPublished(compute);
    const present = await this.published.current();
    // Before the first load there is nothing to save, and no version to keep it under.
    if (present === undefined) return this.published.read(compute);
    this.letGoOfOthers(present);
    const question = `${route}|${canonicalParams(params)}`;
    const key = this.keyOf(present, question);
    const ttlMs = this.env.clock === 'wall' ? 1000 * (options.wallSeconds ?? DEFAULT_WALL_SECONDS) : DATA_CLOCK_TTL_MS;
    const kept = await this.memory.get<T>(key);
    if (kept !== undefined) {
      this.metrics.cacheHits.inc({ endpoint: route });
      this.answers.add(kept);
      return kept;
    }
    const running = this.computing.get(key) as Promise<T> | undefined;
    if (running !== undefined) {
      this.metrics.cacheHits.inc({ endpoint: route });
      return running;
    }
    const answer = this.fetchOrCompute(route, question, present, compute, ttlMs).finally(() =>
      this.computing.delete(key),
    );
    this.computing.set(key, answer);
    return answer;
  }

  private async fetchOrCompute<T>(
    route: string,
    question: string,
    present: PublishedVersion,
    compute: Compute<T>,
    ttlMs: number,
  ): Promise<T> {
    const key = this.keyOf(present, question);
    const elsewhere = await this.shared?.get<T>(key);
    if (elsewhere !== undefined) {
      this.metrics.cacheHits.inc({ endpoint: route });
      // What is left of its time is not known here: the next look into Redis comes after a part of it.
      await this.memory.set(key, elsewhere, this.env.clock === 'wall' ? 1000 : ttlMs);
      return elsewhere;
    }
    this.metrics.cacheMisses.inc({ endpoint: route });
    const computed = async (query: SnapshotQuery, published: PublishedVersion | undefined) => ({
      answer: await compute(query, published),
      seen: published,
    });
    const { answer, seen } = await this.published.readPublished(computed, present);
    if (seen !== undefined) {
      const keptUnder = this.keyOf(seen, question);
      await this.memory.set(keptUnder, answer, ttlMs);
      await this.shared?.set(keptUnder, answer, ttlMs);
    }
    return answer;
  }

  /** Nobody asks for the answers of earlier versions any more, which would stand in memory until newer ones crowd them out. */
  private letGoOfOthers(present: PublishedVersion): void {
    const newest = this.keyOf(present, '');
    if (newest === this.newest) return;
    this.newest = newest;
    this.held.clear();
  }

  /** The run and its end stand beside the version, which begins at 1 again in a database that was made anew. */
  private keyOf({ version, runId, generatedAt }: PublishedVersion, question: string): string {
    return `${this.scope}|v${version}.${runId}.${generatedAt.getTime()}|${question}`;
  }
}

/** Tells apart the processes that share a Redis but not the database, or read the same data by other rules. */
function scopeOf(connectionString: string, env: CacheSettings): string {
  const { hostname, port, pathname } = new URL(connectionString);
  const rules = [hostname, port, pathname, env.clock, env.dormantDays, env.terminalPhases, env.factoryTz];
  return `answers.1.${createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16)}`;
}
