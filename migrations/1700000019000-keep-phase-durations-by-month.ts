import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A window of a year reads a dozen months and the days at its ends, in half the bytes, instead of a year of days. */
export class KeepPhaseDurationsByMonth1700000019000 implements MigrationInterface {
  name = 'KeepPhaseDurationsByMonth1700000019000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE analytics.phase_day');
    await runner.query(`
      CREATE TABLE analytics.phase_period (
        unit text NOT NULL CHECK (unit IN ('day', 'month')),
        begins date NOT NULL,
        phases bytea NOT NULL,
        durations bytea NOT NULL,
        PRIMARY KEY (unit, begins)
      )`);
    // Hardly compressible, and read all the time.
    await runner.query('ALTER TABLE analytics.phase_period ALTER COLUMN durations SET STORAGE EXTERNAL');
    await runner.query(
      `COMMENT ON COLUMN analytics.phase_period.phases IS
       'by phase type: int8 fase_id, int4 executions, int4 returns, int4 durations in minutes, int4 durations in seconds; big endian'`,
    );
    await runner.query(
      `COMMENT ON COLUMN analytics.phase_period.durations IS
       'the positive durations, phase type by phase type as in phases: first those of whole minutes, less 2^15, as int2, then the others and longer ones in seconds less 2^31 as int4; big endian'`,
    );
    // The tables for reading are of no version until the job has made them anew; until then answers read core.
    await runner.query('DELETE FROM analytics.reading_state');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE analytics.phase_period');
    await runner.query(`
      CREATE TABLE analytics.phase_day (
        day date PRIMARY KEY,
        phases bytea NOT NULL,
        durations bytea NOT NULL
      )`);
    await runner.query(
      `COMMENT ON COLUMN analytics.phase_day.phases IS
       'by phase type: int8 fase_id, int4 executions, int4 executions_with_duration, int4 returns; big endian'`,
    );
    await runner.query(
      `COMMENT ON COLUMN analytics.phase_day.durations IS
       'the positive durations in seconds less 2^31 as int4, big endian, phase type by phase type as in phases'`,
    );
    await runner.query('DELETE FROM analytics.reading_state');
  }
}
