import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { Metrics } from '../common/metrics';
import { within } from '../common/within';
import { observePool } from './measure-pool';
import { sessionUrl } from './session';

/** A replica is there to be faster: one that is not connected to, or does not begin, in this time is passed over. */
const BEGIN_MS = 2_000;
/** A statement that takes longer is asked of the primary instead; answers take a second at most. */
const STATEMENT_MS = 30_000;
/** How long a replica that failed is left alone, so that requests do not each wait for it. */
const LOST_PAUSE_MS = 5_000;
/** As long as the next look at a replica that is behind waits; it catches up in less. */
const LAGGING_PAUSE_MS = 250;

/** How a reading on a replica ended; but for the first the primary is asked instead. */
export type ReplicaOutcome = 'answered' | 'lagging' | 'lost' | 'failed';

/** A hot standby that answers what follows from published data. */
export class ReadReplica {
  private readonly pool: pg.Pool;
  private pausedUntil = 0;
  private state: 'well' | 'lagging' | 'lost' = 'well';

  /** @param name host:port, for people: the address holds a password */
  constructor(
    readonly name: string,
    url: string,
    poolSize: number,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    this.pool = new pg.Pool({
      connectionString: sessionUrl(url, 'prodplan-replica'),
      max: poolSize,
      connectionTimeoutMillis: BEGIN_MS,
      query_timeout: STATEMENT_MS,
      keepAlive: true,
      pipeline: true,
    });
    // A lost idle connection is replaced at the next reading; unheard, the event would end the process.
    this.pool.on('error', () => undefined);
    observePool(this.pool, metrics);
  }

  get isPaused(): boolean {
    return performance.now() < this.pausedUntil;
  }

  get isLost(): boolean {
    return this.state === 'lost';
  }

  /** Runs `work` on one snapshot of the replica. */
  async snapshot<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const unheard = (): void => undefined;
    client.on('error', unheard);
    let isWell = false;
    try {
      await within(BEGIN_MS, this.name, client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'));
      const result = await work(client);
      await client.query('COMMIT');
      isWell = true;
      return result;
    } catch (error) {
      isWell = await within(BEGIN_MS, this.name, client.query('ROLLBACK')).then(
        () => true,
        () => false,
      );
      throw error;
    } finally {
      client.removeListener('error', unheard);
      // A connection that does not even roll back is not used again.
      client.release(!isWell);
    }
  }

  /** Counts how a reading ended; a change is logged, once each way. */
  note(outcome: ReplicaOutcome, error?: unknown): void {
    this.metrics.replicaReads.inc({ replica: this.name, outcome });
    if (outcome === 'failed') return;
    const before = this.state;
    this.state = outcome === 'answered' ? 'well' : outcome;
    if (outcome !== 'answered') {
      this.pausedUntil = performance.now() + (outcome === 'lost' ? LOST_PAUSE_MS : LAGGING_PAUSE_MS);
    }
    if (this.state === before) return;
    if (outcome === 'answered') this.logger.log(`The replica ${this.name} answers again.`);
    else if (outcome === 'lagging')
      this.logger.log(`The replica ${this.name} is behind: the primary answers until it is not.`);
    else
      this.logger.warn(`The replica ${this.name} cannot be read (${(error as Error).message}): the primary answers.`);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** The replicas of DATABASE_REPLICA_URLS, which take turns. None is an error: the primary answers for each. */
export class ReadReplicas {
  private readonly replicas: readonly ReadReplica[];
  private turn = 0;

  /** Without metrics, as on the command line, which reads what it has just written, no replica is read. */
  constructor(urls: readonly string[], poolSize: number, metrics: Metrics | undefined) {
    if (metrics === undefined) {
      this.replicas = [];
      return;
    }
    const logger = new Logger(ReadReplicas.name);
    this.replicas = urls.map((url) => {
      const { hostname, port } = new URL(url);
      return new ReadReplica(`${hostname}:${port || 5432}`, url, poolSize, logger, metrics);
    });
    metrics.gauges(
      'replicas',
      {
        up: {
          name: 'db_replica_up',
          help: 'Whether a replica of DATABASE_REPLICA_URLS answered when it was last asked: 1, or 0.',
          labelNames: ['replica'],
        },
      },
      () => ({ up: this.replicas.map(({ name, isLost }) => ({ labels: { replica: name }, value: isLost ? 0 : 1 })) }),
    );
  }

  /** The one whose turn it is, of those that are not known to be lost or behind; undefined when there is none. */
  next(): ReadReplica | undefined {
    for (let tried = 0; tried < this.replicas.length; tried += 1) {
      this.turn = (this.turn + 1) % this.replicas.length;
      const replica = this.replicas[this.turn];
      if (!replica.isPaused) return replica;
    }
    return undefined;
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.close()));
  }
}
