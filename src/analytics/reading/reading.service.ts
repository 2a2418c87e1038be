import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { Database } from '../../database/database';
import { sqlFile, withIdentifiers } from '../../database/sql-file';
import { COUNT_RISKS_OF, WORKED_PHASES } from '../../published/figures/figures';

const LOCK_READING = sqlFile(__dirname, 'sql/lock_reading.sql');
const READ_VERSIONS = sqlFile(__dirname, 'sql/read_versions.sql');
const WRITE_READING_STATE = sqlFile(__dirname, 'sql/write_reading_state.sql');
const WRITE_ORDER_SPANS = sqlFile(__dirname, 'sql/write_order_spans.sql');
const DELETE_ORDER_SPANS = sqlFile(__dirname, 'sql/delete_order_spans.sql');
const DELETE_PHASE_PERIODS = sqlFile(__dirname, 'sql/delete_phase_periods.sql');
const INSERT_PHASE_PERIODS = sqlFile(__dirname, 'sql/insert_phase_periods.sql');
const DELETE_WORKER_PHASES = sqlFile(__dirname, 'sql/delete_worker_phases.sql');
const INSERT_WORKER_PHASES = withIdentifiers(sqlFile(__dirname, 'sql/insert_worker_phases.sql'), {
  worked: WORKED_PHASES.text,
});

const DELETE_RISK_MONTHS = sqlFile(__dirname, 'sql/delete_risk_months.sql');
const INSERT_RISK_MONTHS = withIdentifiers(sqlFile(__dirname, 'sql/insert_risk_months.sql'), {
  counted: COUNT_RISKS_OF.text,
});
const CLEAR = [DELETE_ORDER_SPANS, DELETE_PHASE_PERIODS, DELETE_WORKER_PHASES, DELETE_RISK_MONTHS];

/**
 * The tables that answers read by in place of core: which months hold an order's phases, the durations of a day's and a
 * month's executions, who worked on them, and what the risks of a month's orders are computed from. They are of one
 * published version, which stands beside them; for any other the answers read core, and are the same. So a publish need
 * not wait for the seconds that they take.
 */
@Injectable()
export class ReadingService {
  constructor(
    private readonly database: Database,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz'>,
  ) {}

  /**
   * Brings the tables to the published version. Safe to run at any time, also twice at once or beside a load.
   * @returns the version they are of now, undefined while nothing is published
   */
  async prepare(signal?: AbortSignal): Promise<number | undefined> {
    return this.database.transaction(
      async (client) => {
        await client.query(LOCK_READING.text);
        const { rows } = await client.query<{ version: number; prepared: number | null }>(READ_VERSIONS.text);
        const published = rows.at(0);
        if (published === undefined || published.version === published.prepared) return published?.version;
        await client.query("SET LOCAL work_mem = '64MB'");
        for (const statement of [WRITE_ORDER_SPANS, ...CLEAR]) {
          signal?.throwIfAborted();
          await client.query(statement.text);
        }
        for (const unit of ['day', 'month']) {
          await client.query(INSERT_PHASE_PERIODS.text, [this.env.factoryTz, unit]);
          signal?.throwIfAborted();
        }
        await client.query(INSERT_WORKER_PHASES.text, ['-infinity', 'infinity']);
        await client.query(INSERT_RISK_MONTHS.text, [this.env.factoryTz, '-infinity', 'infinity']);
        await client.query(WRITE_READING_STATE.text, [published.version]);
        return published.version;
      },
      { isolation: 'repeatable read' },
    );
  }
}
