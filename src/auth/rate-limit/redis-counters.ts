import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Count } from './memory-counters';

/** One step, so that two processes never both begin a window and none lives on without an end. */
const HIT = `
local hits = redis.call('INCR', KEYS[1])
if hits == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {hits, redis.call('PTTL', KEYS[1])}`;

/** A request waits no longer than this for its count. */
const ANSWER_MS = 200;
/** How long Redis is left alone after it did not answer. */
const PAUSE_MS = 5_000;

type Counting = Redis & { prodplanHit(key: string, windowMs: number): Promise<unknown> };

/** Counts in Redis, shared by all processes. It never throws: where Redis does not answer there is no count. */
export class RedisCounters {
  private readonly logger = new Logger(RedisCounters.name);
  private readonly redis: Counting;
  private pausedUntil = 0;

  /** @param prefix what the counters of one product's processes begin with: a Redis may serve several */
  constructor(
    url: string,
    private readonly prefix: string,
    private readonly now: () => number,
  ) {
    this.redis = new Redis(url, {
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      commandTimeout: ANSWER_MS,
      connectTimeout: 2_000,
      retryStrategy: (attempt) => Math.min(attempt * 200, 2_000),
    }) as Counting;
    this.redis.on('error', () => undefined);
    this.redis.defineCommand('prodplanHit', { numberOfKeys: 1, lua: HIT });
  }

  async hit(key: string, windowMs: number): Promise<Count | undefined> {
    const now = this.now();
    if (now < this.pausedUntil) return undefined;
    try {
      const answer: unknown = await this.redis.prodplanHit(this.prefix + key, windowMs);
      const [hits, endsInMs] = answer as [number, number];
      if (!Number.isInteger(hits) || !Number.isInteger(endsInMs)) throw new Error('Redis answered no count');
      return { hits, endsInMs: Math.max(0, endsInMs) };
    } catch (error) {
      this.pausedUntil = now + PAUSE_MS;
      this.logger.warn(`Requests are counted in this process alone for a while: ${(error as Error).message}`);
      return undefined;
    }
  }

  close(): void {
    this.redis.disconnect();
  }
}
