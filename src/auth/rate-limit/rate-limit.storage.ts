import type { OnApplicationShutdown } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { type Count, MemoryCounters } from './memory-counters';
import { RedisCounters } from './redis-counters';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * Where requests are counted: in Redis when REDIS_URL is set, in this process when it is not or does not answer. In this
 * process alone a count is a number at once, without a promise, since every request waits for it.
 */
export class RateLimitStorage implements ThrottlerStorage, OnApplicationShutdown {
  // Windows last by a clock that nobody sets: with the machine's put back, one would last until it is there again.
  private readonly memory = new MemoryCounters(() => performance.now());
  private readonly redis: RedisCounters | undefined;

  /** @param identity of the database whose processes count together */
  constructor(redisUrl: string | undefined, identity: string | undefined) {
    const prefix = ['prodplan', identity, 'rate:'].filter(Boolean).join(':');
    this.redis = redisUrl === undefined ? undefined : new RedisCounters(redisUrl, prefix, () => performance.now());
  }

  /** Counters held in this process. */
  get size(): number {
    return this.memory.size;
  }

  hit(key: string, windowMs: number): Count | Promise<Count> {
    if (this.redis === undefined) return this.memory.hit(key, windowMs);
    return this.redis.hit(key, windowMs).then((count) => count ?? this.memory.hit(key, windowMs));
  }

  /** As the library's own guard asks. */
  async increment(key: string, ttl: number, limit: number): Promise<ThrottlerRecord> {
    const { hits, endsInMs } = await this.hit(key, ttl);
    const seconds = Math.ceil(endsInMs / 1000);
    return { totalHits: hits, timeToExpire: seconds, isBlocked: hits > limit, timeToBlockExpire: seconds };
  }

  onApplicationShutdown(): void {
    this.redis?.close();
  }
}
