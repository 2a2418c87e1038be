import {
  createPostgresBackend,
  createRedisBackend,
  FlowProducer,
  Processor,
  Queue,
  runMigrations,
  Worker,
  WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Where the queues live: Redis, or the product's own PostgreSQL. */
export interface QueueBackend {
  readonly kind: 'redis' | 'postgres';
  /** Prepares the place. @throws Error naming it when it cannot be reached. */
  open(): Promise<void>;
  queue(name: string): Queue;
  /** Adds jobs together with the job that follows them. */
  flows(): FlowProducer;
  worker(name: string, processor: Processor, options: Omit<WorkerOptions, 'connection'>): Worker;
  /** True when it answers now. */
  ping(): Promise<boolean>;
  /** Ends the connections; queues and workers are closed before. */
  close(): Promise<void>;
}

const PING_TIMEOUT_MS = 1_000;

/** Tables in schema `bullmq`: BullMQ fixes that name where several objects share one pool. */
const BULLMQ_SCHEMA = 'bullmq';

/**
 * BullMQ on PostgreSQL. Each Queue and Worker would open a pool of its own; one small pool serves them all, apart from
 * the product's, because every worker keeps one connection for LISTEN.
 * @param listeners how many workers this process runs.
 */
export class PostgresQueues implements QueueBackend {
  readonly kind = 'postgres';
  private readonly pool: pg.Pool;

  constructor(connectionString: string, listeners: number) {
    const url = new URL(connectionString);
    const options = url.searchParams.get('options');
    url.searchParams.set('options', [options, `-c search_path=${BULLMQ_SCHEMA}`].filter(Boolean).join(' '));
    url.searchParams.set('application_name', 'prodplan-queue');
    this.pool = new pg.Pool({ connectionString: url.toString(), max: listeners + 3, keepAlive: true });
    // A lost idle connection is replaced at the next query; unheard, the event would end the process.
    this.pool.on('error', () => undefined);
    // The same for one that BullMQ holds at that moment: the pool does not listen to it then.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async open(): Promise<void> {
    const client = await this.pool.connect();
    try {
      await runMigrations(client, BULLMQ_SCHEMA);
    } finally {
      client.release();
    }
  }

  queue(name: string): Queue {
    return new Queue(name, { connection: this.pool }, createPostgresBackend) as unknown as Queue;
  }

  flows(): FlowProducer {
    return new FlowProducer({ connection: this.pool }, createPostgresBackend) as unknown as FlowProducer;
  }

  worker(name: string, processor: Processor, options: Omit<WorkerOptions, 'connection'>): Worker {
    const all = { ...options, connection: this.pool };
    return new Worker(name, processor, all, createPostgresBackend) as unknown as Worker;
  }

  async ping(): Promise<boolean> {
    return answersInTime(this.pool.query('SELECT 1'));
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** BullMQ on Redis. */
export class RedisQueues implements QueueBackend {
  readonly kind = 'redis';
  private readonly forProducers: Redis;
  private readonly forWorkers: Redis;

  /** What the keys of this database's jobs begin with: a Redis outlives databases, and may serve several. */
  private readonly prefix: string;

  /** @param identity of the database whose jobs these are */
  constructor(
    private readonly url: string,
    identity: string | undefined,
  ) {
    this.prefix = ['prodplan', identity].filter(Boolean).join('-');
    // A request must not wait for a Redis that is away: it fails at once, and says so.
    this.forProducers = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, enableOfflineQueue: false });
    // A worker has nobody waiting for an answer and tries for ever (BullMQ requires null).
    this.forWorkers = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null });
    for (const client of [this.forProducers, this.forWorkers]) client.on('error', () => undefined);
  }

  async open(): Promise<void> {
    try {
      await Promise.all([this.forProducers.connect(), this.forWorkers.connect()]);
    } catch (cause) {
      this.disconnect();
      const { host } = new URL(this.url);
      throw new Error(`REDIS_URL: Redis at ${host} cannot be reached. Start it, or leave REDIS_URL out.`, { cause });
    }
  }

  queue(name: string): Queue {
    return new Queue(name, { connection: this.forProducers, prefix: this.prefix }, createRedisBackend);
  }

  flows(): FlowProducer {
    return new FlowProducer({ connection: this.forProducers, prefix: this.prefix }, createRedisBackend);
  }

  worker(name: string, processor: Processor, options: Omit<WorkerOptions, 'connection'>): Worker {
    const all = { ...options, connection: this.forWorkers, prefix: this.prefix };
    return new Worker(name, processor, all, createRedisBackend);
  }

  async ping(): Promise<boolean> {
    return answersInTime(this.forProducers.ping());
  }

  close(): Promise<void> {
    this.disconnect();
    return Promise.resolve();
  }

  private disconnect(): void {
    this.forProducers.disconnect();
    this.forWorkers.disconnect();
  }
}

async function answersInTime(answer: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PING_TIMEOUT_MS);
  });
  const inTime = answer.then(
    () => true,
    () => false,
  );
  return Promise.race([inTime, late]).finally(() => clearTimeout(timer));
}
