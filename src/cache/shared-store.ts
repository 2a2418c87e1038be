import { Logger } from '@nestjs/common';
import KeyvRedis, { createClient, type RedisClientType } from '@keyv/redis';

/** An answer from the database takes tens of milliseconds: a cache that needs longer is of no use. */
const TIMEOUT_MS = 100;
/** How long a Redis that failed is left alone, so that requests do not each wait for it. */
const PAUSE_MS = 1_000;
const CONNECT_TIMEOUT_MS = 1_000;
const RECONNECT_MS = 500;

/**
 * Redis as a Keyv store that never fails: while Redis is away, nothing is found and nothing is kept. The change between
 * the two is logged once each way, every failure counted.
 */
export class SharedStore {
  readonly opts = {};
  private readonly logger = new Logger(SharedStore.name);
  private readonly client: RedisClientType;
  private readonly store: KeyvRedis<string>;
  private away = false;
  private askAgainAt = 0;

  /** @param onFailure called for every look that Redis did not answer. */
  constructor(
    url: string,
    private readonly onFailure: () => void,
  ) {
    this.client = createClient({
      url,
      disableOfflineQueue: true,
      socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: RECONNECT_MS },
    });
    // Unheard, the event of a lost connection would end the process; what it means is seen at the next command.
    this.client.on('error', () => undefined);
    this.store = new KeyvRedis<string>(this.client, { throwOnErrors: true, namespace: 'prodplan' });
    this.store.on('error', () => undefined);
  }

  /** Begins to connect and does not wait: the product starts without its shared cache. */
  open(): void {
    this.client.connect().catch(() => undefined);
  }

  close(): void {
    this.client.destroy();
  }

  async get(key: string): Promise<string | undefined> {
    return this.attempt(() => this.store.get<string>(key));
  }

  async set(key: string, value: string, ttlMs?: number): Promise<void> {
    await this.attempt(() => this.store.set(key, value, ttlMs));
  }

  async delete(key: string): Promise<boolean> {
    return (await this.attempt(() => this.store.delete(key))) ?? false;
  }

  async clear(): Promise<void> {
    await this.attempt(() => this.store.clear());
  }

  on(): this {
    return this;
  }

  private async attempt<T>(command: () => Promise<T>): Promise<T | undefined> {
    if (this.away && performance.now() < this.askAgainAt) {
      this.onFailure();
      return undefined;
    }
    try {
      if (!this.client.isReady) throw new Error('not connected');
      const answer = await inTime(command());
      if (this.away) this.logger.log('Redis answers again: answers are shared through it.');
      this.away = false;
      return answer;
    } catch (error) {
      if (!this.away) {
        const { message } = error as Error;
        this.logger.warn(`Redis does not answer (${message}): answers are kept in this process only until it does.`);
      }
      this.away = true;
      this.askAgainAt = performance.now() + PAUSE_MS;
      this.onFailure();
      return undefined;
    }
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
