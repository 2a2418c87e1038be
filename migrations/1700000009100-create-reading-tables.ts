import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a job makes of published data after each publish, so that answers read little; of one version, or not used. */
export class CreateReadingTables1700000009100 implements MigrationInterface {
  name = 'CreateReadingTables1700000009100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE analytics.reading_state (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        version bigint NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE analytics.order_span (
        of_id bigint PRIMARY KEY,
        first_event timestamptz NOT NULL,
        last_event timestamptz NOT NULL
      )`);
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
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['phase_day', 'order_span', 'reading_state'])
      await runner.query(`DROP TABLE analytics.${table}`);
  }
}
