import { Inject, Injectable, Optional } from '@nestjs/common';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import type { PoolClient } from 'pg';
import { Clock } from '../common/clock';
import { isDatabaseUnreachable } from '../common/dependency-down';
import { DomainError } from '../common/domain-error';
import { Metrics } from '../common/metrics';
import { currentScope } from '../common/work-scope';
import { Database } from '../database/database';
import { ReadReplicas } from '../database/read-replicas';
import { preparedName, sqlFile, type SqlStatement } from '../database/sql-file';
import { ReadingTurns } from './reading-turns';
import { SharedReading } from './shared-reading';

const READ_PUBLISHED = sqlFile(__dirname, 'sql/read_published_version.sql');

/** The load whose data readers see. */
export interface PublishedVersion {
  /** Grows by one with every publish. */
  version: number;
  runId: number;
  /** When the load finished; served as generated_at. */
  generatedAt: Date;
  /**
   * What ages and lateness count from: the latest recorded event of the data, or now with CLOCK=wall. Null when the
   * data hold no recorded event at all.
   */
  asOf: Date | null;
  /** Whether the data were invented by `--sample`. */
  sample: boolean;
}

/**
 * Runs a statement, which the connection prepares the first time, inside the snapshot and returns its rows. What does not
 * wait for one another is sent at once and answered in turn.
 */
export type SnapshotQuery = <Row>(statement: SqlStatement, values?: readonly unknown[]) => Promise<Row[]>;

/** Everybody waits for the one look that is going on: a connection that has gone silent may hold them up no longer. */
const LOOK_MS = 5_000;

/** What is done in a snapshot. */
type Reading<T> = (query: SnapshotQuery, published: PublishedVersion | undefined) => Promise<T>;

const READ_GAUGES = {
  waiting: { name: 'db_reads_waiting', help: 'Readings that wait for their turn (DATABASE_READS).' },
};

interface PublishedRow {
  version: number;
  run_id: number;
  finished_at: Date;
  as_of: Date | null;
  sample: boolean;
}

/** Which data are published, and a way to read them that a publish in between cannot tear. */
@Injectable()
export class PublishedData {
  private latest: PublishedVersion | undefined;
  private readonly turns: ReadingTurns;
  private readonly present = new SharedReading(async () =>
    this.toVersion(await this.database.queryPrepared<PublishedRow>(READ_PUBLISHED, [], LOOK_MS)),
  );

  constructor(
    private readonly database: Database,
    private readonly replicas: ReadReplicas,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'clock' | 'databaseReads'>,
    @Optional() metrics?: Metrics,
  ) {
    this.turns = new ReadingTurns(env.databaseReads);
    metrics?.gauges('reads', READ_GAUGES, () => ({ waiting: [{ value: this.turns.waiting }] }));
  }

  /** The published version, undefined while nothing was ever loaded. Those who ask at the same time share one look. */
  current(): Promise<PublishedVersion | undefined> {
    return this.present.get();
  }

  /**
   * Runs `work` on one snapshot of the database: however many statements it takes, they see the same load as
   * `published` names.
   */
  async read<T>(work: Reading<T>): Promise<T> {
    return this.database.snapshot(async (client) => {
      const query = queryOn(client);
      return work(query, this.toVersion(await query<PublishedRow>(READ_PUBLISHED)));
    });
  }

  /**
   * As read, for what follows from published data alone: on a replica, where there is one that has the published version.
   * One that is behind, or cannot be read, is passed over for the primary, so that no caller is ever given older data than
   * the one before; `work` may then run a second time. Jobs read the primary: they write by what they have read, and
   * wait for no turn, which requests do (DATABASE_READS).
   *
   * @param present the published version, where the caller has just read it
   */
  async readPublished<T>(work: Reading<T>, present?: PublishedVersion): Promise<T> {
    if (currentScope()?.job !== undefined) return this.read(work);
    return this.turns.run(() => this.readSomewhere(work, present));
  }

  private async readSomewhere<T>(work: Reading<T>, present?: PublishedVersion): Promise<T> {
    const replica = this.replicas.next();
    if (replica === undefined) return this.read(work);
    const expected = present ?? (await this.current());
    let hasBegun = false;
    try {
      const found = await replica.snapshot(async (client) => {
        const query = queryOn(client);
        const seen = await query<PublishedRow>(READ_PUBLISHED);
        hasBegun = true;
        if (!isOfLoad(seen.at(0), expected)) return undefined;
        return { answer: await work(query, expected) };
      });
      replica.note(found === undefined ? 'lagging' : 'answered');
      if (found !== undefined) return found.answer;
    } catch (error) {
      if (error instanceof DomainError) {
        replica.note('answered');
        throw error;
      }
      // A statement that fails (the replica had to cancel it, or lacks a table of the newest schema) says nothing of the
      // next one; if it is wrong itself, the primary says so.
      replica.note(hasBegun && !isDatabaseUnreachable(error) ? 'failed' : 'lost', error);
    }
    return this.read(work);
  }

  private toVersion(rows: readonly PublishedRow[]): PublishedVersion | undefined {
    const row = rows.at(0);
    if (row === undefined) return undefined;
    const asOf = this.env.clock === 'wall' ? this.clock.now() : row.as_of;
    const read = { version: row.version, runId: row.run_id, generatedAt: row.finished_at, asOf, sample: row.sample };
    // One object for one version, by which others can remember what they made of it.
    if (this.latest === undefined || !isSame(this.latest, read)) this.latest = read;
    return this.latest;
  }
}

function queryOn(client: PoolClient): SnapshotQuery {
  return async <Row>(statement: SqlStatement, values: readonly unknown[] = []) =>
    (await client.query({ name: preparedName(statement), text: statement.text, values: [...values] })).rows as Row[];
}

/** The run and its end stand beside the version, which begins at 1 again in a database that was made anew. */
function isOfLoad(row: PublishedRow | undefined, expected: PublishedVersion | undefined): boolean {
  return (
    row?.version === expected?.version &&
    row?.run_id === expected?.runId &&
    row?.finished_at.getTime() === expected?.generatedAt.getTime()
  );
}

function isSame(one: PublishedVersion, other: PublishedVersion): boolean {
  return (
    one.version === other.version &&
    one.runId === other.runId &&
    one.generatedAt.getTime() === other.generatedAt.getTime() &&
    one.asOf?.getTime() === other.asOf?.getTime() &&
    one.sample === other.sample
  );
}
