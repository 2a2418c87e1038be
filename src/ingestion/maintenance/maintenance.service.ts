import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { writeWhole } from '../../common/write-whole';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { Database } from '../../database/database';
import { sqlFile, type SqlStatement } from '../../database/sql-file';
import { lockWriters } from '../../database/writer-lock';
import { ensureMonths, firstOfMonth } from '../pipeline/months';

const BACKFILL_PHASE_COLUMNS = sqlFile(__dirname, 'sql/backfill_phase_columns.sql');
const FORGET_READING = sqlFile(__dirname, 'sql/forget_reading.sql');
const BACKFILL_ERROR_EVENT_TIME = sqlFile(__dirname, '../pipeline/sql/backfill_error_event_time.sql');
const READ_EVIDENCE_RUN = sqlFile(__dirname, 'sql/read_evidence_run.sql');
const RESOLVE_ORPHANS = sqlFile(__dirname, 'sql/resolve_orphans.sql');
const RECORD_ORPHANS = sqlFile(__dirname, 'sql/record_orphans.sql');
const LIST_PHASE_PARTITIONS = sqlFile(__dirname, 'sql/list_phase_partitions.sql');

export const PARTITION_HEALTH_FILE = 'PARTITION_HEALTH.json';

interface PublishedRun {
  run_id: number;
  evidence_run_id: number;
  as_of: Date | null;
}

interface PartitionRow {
  name: string;
  bound: string;
  rows: number;
  bytes: number;
}

/** What the report on the partitions of phases says. */
export interface PartitionHealth {
  generated_at: string;
  table: string;
  /** Rows whose month has no partition of its own: dates that must be typing errors. */
  rows_in_default: number;
  rows: number;
  bytes: number;
  /** Consecutive monthly partitions that exist after the month of the data clock. */
  months_ahead: number;
  partitions: PartitionRow[];
}

/** Repairs and reports that need no workbook. A load leaves nothing to repair; these are for what was written past it. */
@Injectable()
export class MaintenanceService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'dataDir' | 'partitionMonthsAhead'>,
  ) {}

  /** @returns how many phases had a derived column that differed */
  backfillPhaseColumns(): Promise<number> {
    return this.write(BACKFILL_PHASE_COLUMNS);
  }

  /** @returns how many errors had another time */
  backfillErrorEventTime(): Promise<number> {
    return this.write(BACKFILL_ERROR_EVENT_TIME);
  }

  /** Brings the findings about orphans in line with core. */
  async reconcile(): Promise<{ resolved: number; recorded: number }> {
    return this.database.transaction(async (client) => {
      await lockWriters(client);
      const { rows } = await client.query<PublishedRun>(READ_EVIDENCE_RUN.text);
      const run = rows.at(0);
      if (run === undefined) return { resolved: 0, recorded: 0 };
      await client.query("SET LOCAL work_mem = '64MB'");
      const resolved = await client.query(RESOLVE_ORPHANS.text, [run.run_id]);
      const recorded = await client.query(RECORD_ORPHANS.text, [run.evidence_run_id]);
      return { resolved: resolved.rowCount ?? 0, recorded: recorded.rowCount ?? 0 };
    });
  }

  /** Makes the months that follow the data clock, or the present while nothing is loaded. */
  async ensurePartitionsAhead(): Promise<string[]> {
    const [run] = await this.database.query<PublishedRun>(READ_EVIDENCE_RUN);
    const from = (run as PublishedRun | undefined)?.as_of ?? this.clock.now();
    const months = Array.from({ length: this.env.partitionMonthsAhead }, (_, i) => firstOfMonth(from, i + 1));
    await ensureMonths(this.database, months);
    return months;
  }

  /** Writes reports/PARTITION_HEALTH.json below DATA_DIR, whole or not at all. */
  async reportPartitions(): Promise<PartitionHealth> {
    const partitions = await this.database.query<PartitionRow>(LIST_PHASE_PARTITIONS);
    const [run] = await this.database.query<PublishedRun>(READ_EVIDENCE_RUN);
    const from = (run as PublishedRun | undefined)?.as_of ?? this.clock.now();
    const present = new Set(partitions.map(({ name }) => name));
    let monthsAhead = 0;
    while (present.has(partitionName(firstOfMonth(from, monthsAhead + 1)))) monthsAhead += 1;
    const sum = (pick: (row: PartitionRow) => number): number => partitions.reduce((all, row) => all + pick(row), 0);
    const health: PartitionHealth = {
      generated_at: this.clock.now().toISOString(),
      table: 'core.fases_ordem_fabrico',
      rows_in_default: partitions.find(({ bound }) => bound === 'DEFAULT')?.rows ?? 0,
      rows: sum(({ rows }) => rows),
      bytes: sum(({ bytes }) => bytes),
      months_ahead: monthsAhead,
      partitions,
    };
    const dir = join(this.env.dataDir, 'reports');
    await mkdir(dir, { recursive: true });
    await writeWhole(join(dir, PARTITION_HEALTH_FILE), `${JSON.stringify(health, null, 2)}\n`);
    return health;
  }

  private async write(statement: SqlStatement): Promise<number> {
    return this.database.transaction(async (client) => {
      await lockWriters(client);
      await client.query("SET LOCAL work_mem = '64MB'");
      const written = (await client.query(statement.text)).rowCount ?? 0;
      if (written > 0) await client.query(FORGET_READING.text);
      return written;
    });
  }
}

/** As core.fases_partition_name names it. */
function partitionName(month: string): string {
  return `fases_ordem_fabrico_y${month.slice(0, 4)}m${month.slice(5, 7)}`;
}
