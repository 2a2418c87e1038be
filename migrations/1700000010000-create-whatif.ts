import { MigrationInterface, QueryRunner } from 'typeorm';

/** Models of the factory, simulated scenarios and sweeps. */
export class CreateWhatif1700000010000 implements MigrationInterface {
  name = 'CreateWhatif1700000010000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Text, not jsonb: the bytes that were computed are the bytes that are served.
    await queryRunner.query(`
      CREATE TABLE analytics.whatif_model (
        data_version text PRIMARY KEY,
        version bigint NOT NULL,
        as_of timestamptz NOT NULL,
        model text NOT NULL,
        backtest text NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE ops.whatif_runs (
        whatif_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        scenario_hash text NOT NULL UNIQUE,
        kind text NOT NULL CHECK (kind IN ('simulate', 'vip', 'avaria')),
        request jsonb NOT NULL,
        data_version text NOT NULL,
        engine_version text NOT NULL,
        seed bigint NOT NULL,
        otd_pct double precision NOT NULL,
        lead_time_h double precision NOT NULL,
        delta_otd_pct double precision NOT NULL,
        delta_lead_time_h double precision NOT NULL,
        answer text NOT NULL,
        created_at timestamptz NOT NULL,
        compute_ms integer NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE ops.whatif_sweeps (
        sweep_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        sweep_hash text NOT NULL,
        status text NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED')),
        request jsonb NOT NULL,
        data_version text NOT NULL,
        engine_version text NOT NULL,
        points integer NOT NULL,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        error text
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_whatif_sweeps_hash ON ops.whatif_sweeps (sweep_hash)
        WHERE status IN ('QUEUED', 'RUNNING', 'COMPLETED')`);
    await queryRunner.query(`
      CREATE TABLE ops.whatif_sweep_points (
        sweep_id bigint NOT NULL REFERENCES ops.whatif_sweeps ON DELETE CASCADE,
        point integer NOT NULL,
        label jsonb NOT NULL,
        request jsonb NOT NULL,
        figures jsonb,
        PRIMARY KEY (sweep_id, point)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE ops.whatif_sweep_points');
    await queryRunner.query('DROP TABLE ops.whatif_sweeps');
    await queryRunner.query('DROP TABLE ops.whatif_runs');
    await queryRunner.query('DROP TABLE analytics.whatif_model');
  }
}
