import { MigrationInterface, QueryRunner } from 'typeorm';

/** When each active order will be finished, and how such forecasts fared in the past. */
export class CreateForecasts1700000006000 implements MigrationInterface {
  name = 'CreateForecasts1700000006000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // No foreign key: an order may leave core in the merge, and the rows are written anew right after it.
    await queryRunner.query(`
      CREATE TABLE analytics.order_forecast (
        of_id bigint PRIMARY KEY,
        eta_p50 timestamptz NOT NULL,
        eta_p80 timestamptz NOT NULL,
        back_off text NOT NULL,
        cases double precision NOT NULL,
        p_late double precision,
        days_late integer,
        delay_seconds bigint,
        late_start_seconds bigint,
        waiting_seconds bigint,
        waiting_fase_id bigint,
        rework_seconds bigint,
        slow_phase_seconds bigint,
        slow_phase_fase_id bigint,
        rest_seconds bigint,
        CONSTRAINT ck_order_forecast_split CHECK (
          delay_seconds = late_start_seconds + waiting_seconds + rework_seconds + slow_phase_seconds + rest_seconds)
      )`);
    await queryRunner.query(`
      CREATE INDEX idx_order_forecast_risk ON analytics.order_forecast (p_late DESC, days_late DESC, of_id)
        WHERE days_late > 0`);
    await queryRunner.query(`
      CREATE TABLE analytics.eta_backtest (
        moment timestamptz PRIMARY KEY,
        version bigint NOT NULL,
        as_of timestamptz NOT NULL,
        active integer NOT NULL,
        finished integer NOT NULL,
        absolute_error_seconds double precision NOT NULL,
        signed_error_seconds double precision NOT NULL,
        naive_absolute_error_seconds double precision NOT NULL,
        naive_signed_error_seconds double precision NOT NULL,
        covered integer NOT NULL,
        missed_unfinished integer NOT NULL,
        left_out integer NOT NULL,
        not_forecast integer NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE analytics.eta_backtest');
    await queryRunner.query('DROP TABLE analytics.order_forecast');
  }
}
