import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import { lockWriters } from '../../database/writer-lock';

const READ_RANGE = sqlFile(__dirname, 'sql/read_snapshot_range.sql');
const DELETE_SNAPSHOTS = sqlFile(__dirname, 'sql/delete_snapshots.sql');
const INSERT_SNAPSHOTS = sqlFile(__dirname, 'sql/insert_snapshots.sql');
const MARK_SNAPSHOTS = sqlFile(__dirname, 'sql/mark_snapshots.sql');

interface Range {
  first_day: string | null;
  first_finish: string | null;
  last_day: string | null;
  marked_day: string | null;
}

/** Keeps analytics.kpi_snapshots: for each day since the first finish, the KPIs of the 90 days that end with it. */
@Injectable()
export class SnapshotsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz'>,
  ) {}

  /**
   * Computes the days after the mark `last_kpi_snapshot_date`, which each load takes back to before the first day whose
   * finished orders it changes.
   * @returns the days computed, as ISO dates; undefined where there was none to compute
   */
  async compute(): Promise<{ from: string; to: string } | undefined> {
    const { factoryTz } = this.env;
    return this.database.transaction(async (client) => {
      await lockWriters(client);
      const { rows } = await client.query<Range>(READ_RANGE.text, [factoryTz]);
      const { first_day: from, first_finish: first, last_day: to, marked_day: marked } = rows[0];
      await client.query(DELETE_SNAPSHOTS.text, [from, first, to]);
      if (to !== marked) await client.query(MARK_SNAPSHOTS.text, [to, factoryTz, this.clock.now()]);
      if (from === null || to === null || from > to) return undefined;
      await client.query("SET LOCAL work_mem = '64MB'");
      await client.query(INSERT_SNAPSHOTS.text, [from, to, factoryTz]);
      return { from, to };
    });
  }
}
