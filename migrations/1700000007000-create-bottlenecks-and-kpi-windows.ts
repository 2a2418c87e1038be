import { MigrationInterface, QueryRunner } from 'typeorm';

/** What a load stores of phase types (state, bottleneck score, active periods, usual durations) and of the default KPI window. */
export class CreateBottlenecksAndKpiWindows1700000007000 implements MigrationInterface {
  name = 'CreateBottlenecksAndKpiWindows1700000007000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Orders finished in a window: the specification's index on both dates leads with the creation.
    await queryRunner.query(`
      CREATE INDEX idx_of_acabamento ON core.ordens_fabrico (of_data_acabamento)
        INCLUDE (of_id, of_data_criacao, of_data_transporte, of_produto_id) WHERE of_data_acabamento IS NOT NULL`);
    await queryRunner.query(`
      CREATE TABLE analytics.phase_now (
        fase_id bigint PRIMARY KEY,
        as_of timestamptz NOT NULL,
        wip_count integer NOT NULL,
        wip_age_p50_seconds double precision,
        wip_age_p90_seconds double precision,
        wip_age_avg_seconds double precision,
        oldest_inicio timestamptz,
        queue_size integer NOT NULL,
        queue_age_p50_seconds double precision,
        queue_age_p90_seconds double precision,
        queue_age_avg_seconds double precision
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.phase_bottleneck (
        fase_id bigint PRIMARY KEY,
        rank integer NOT NULL UNIQUE,
        score double precision NOT NULL,
        wip_age_part double precision NOT NULL,
        load_part double precision NOT NULL,
        queue_age_part double precision NOT NULL,
        usual_wip_age_p90_seconds double precision,
        usual_load double precision,
        usual_queue_age_p90_seconds double precision,
        severity text NOT NULL CHECK (severity IN ('HIGH', 'MEDIUM', 'LOW')),
        why text NOT NULL,
        score_before double precision,
        methods_disagree boolean NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.phase_active_period (
        fase_id bigint PRIMARY KEY,
        rank integer NOT NULL UNIQUE,
        window_from timestamptz NOT NULL,
        window_to timestamptz NOT NULL,
        executions integer NOT NULL,
        active_share double precision NOT NULL,
        sole_share double precision NOT NULL,
        shifting_share double precision NOT NULL
      )`);
    // A row without product is the phase type over all products, to fall back on.
    await queryRunner.query(`
      CREATE TABLE analytics.phase_usual (
        fase_id bigint NOT NULL,
        produto_id bigint,
        executions bigint NOT NULL,
        median_seconds double precision NOT NULL,
        CONSTRAINT uq_phase_usual UNIQUE NULLS NOT DISTINCT (fase_id, produto_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.kpi_default_window (
        figure text PRIMARY KEY,
        window_from timestamptz NOT NULL,
        window_to timestamptz NOT NULL,
        figures json NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['kpi_default_window', 'phase_usual', 'phase_active_period', 'phase_bottleneck', 'phase_now']) {
      await queryRunner.query(`DROP TABLE analytics.${table}`);
    }
    await queryRunner.query('DROP INDEX core.idx_of_acabamento');
  }
}
