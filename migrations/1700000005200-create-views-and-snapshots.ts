import { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Views by product and phase type, refreshed after a publish; KPI snapshots by day; when an orphan was resolved.
 *
 * Each view joins two relations even where one would do: PostgreSQL 15 and 16 write the columns of a single one
 * differently, and docs/schema.sql is to be the same from all of them.
 */
export class CreateViewsAndSnapshots1700000005200 implements MigrationInterface {
  name = 'CreateViewsAndSnapshots1700000005200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE MATERIALIZED VIEW analytics.mv_phase_durations_by_model AS
      SELECT ordem.of_produto_id AS produto_id, fase.faseof_fase_id AS fase_id, count(*) AS executions,
        count(*) FILTER (WHERE fase.faseof_duration_seconds > 0) AS timed_executions,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY fase.faseof_duration_seconds)
          FILTER (WHERE fase.faseof_duration_seconds > 0) AS median_seconds,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY fase.faseof_duration_seconds)
          FILTER (WHERE fase.faseof_duration_seconds > 0) AS p90_seconds
      FROM core.fases_ordem_fabrico AS fase
      JOIN core.ordens_fabrico AS ordem ON ordem.of_id = fase.faseof_of_id
      WHERE fase.faseof_fim IS NOT NULL
      GROUP BY ordem.of_produto_id, fase.faseof_fase_id`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_mv_phase_durations_by_model
        ON analytics.mv_phase_durations_by_model (produto_id, fase_id) NULLS NOT DISTINCT`);
    await queryRunner.query(`
      CREATE MATERIALIZED VIEW analytics.mv_order_leadtime_by_model AS
      SELECT ordem.of_produto_id AS produto_id, count(*) AS orders,
        count(ordem.of_data_acabamento) AS finished,
        percentile_cont(0.5) WITHIN GROUP (
            ORDER BY (extract(epoch FROM ordem.of_data_acabamento - ordem.of_data_criacao))::double precision)
          FILTER (WHERE ordem.of_data_acabamento >= ordem.of_data_criacao) AS median_seconds,
        percentile_cont(0.9) WITHIN GROUP (
            ORDER BY (extract(epoch FROM ordem.of_data_acabamento - ordem.of_data_criacao))::double precision)
          FILTER (WHERE ordem.of_data_acabamento >= ordem.of_data_criacao) AS p90_seconds
      FROM core.ordens_fabrico AS ordem
      JOIN core.ordens_estado AS estado ON estado.of_id = ordem.of_id
      GROUP BY ordem.of_produto_id`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_mv_order_leadtime_by_model
        ON analytics.mv_order_leadtime_by_model (produto_id) NULLS NOT DISTINCT`);
    await queryRunner.query(`
      CREATE MATERIALIZED VIEW analytics.mv_quality_by_phase AS
      SELECT daily.fase_avaliacao_id, daily.fase_culpada_id, sum(daily.errors) AS errors,
        coalesce(sum(daily.errors) FILTER (WHERE daily.gravidade = 1), 0) AS errors_gravidade_1,
        coalesce(sum(daily.errors) FILTER (WHERE daily.gravidade = 2), 0) AS errors_gravidade_2,
        coalesce(sum(daily.errors) FILTER (WHERE daily.gravidade = 3), 0) AS errors_gravidade_3
      FROM analytics.agg_quality_daily AS daily
      LEFT JOIN core.fases_catalogo AS culpada ON culpada.fase_id = daily.fase_culpada_id
      GROUP BY daily.fase_avaliacao_id, daily.fase_culpada_id`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_mv_quality_by_phase
        ON analytics.mv_quality_by_phase (fase_avaliacao_id, fase_culpada_id) NULLS NOT DISTINCT`);
    await queryRunner.query(`
      CREATE MATERIALIZED VIEW analytics.mv_wip_by_phase_current AS
      SELECT wip.fase_id, sum(wip.wip_count) AS wip_count, sum(wip.wip_age_seconds) AS wip_age_seconds,
        min(wip.oldest_inicio) AS oldest_inicio, sum(wip.dormant_count) AS dormant_count
      FROM analytics.agg_wip_current AS wip
      JOIN core.fases_catalogo AS fase ON fase.fase_id = wip.fase_id
      GROUP BY wip.fase_id`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_mv_wip_by_phase_current ON analytics.mv_wip_by_phase_current (fase_id)`);
    // Of which run, among those that moved their inputs, the views show the data.
    await queryRunner.query(`
      CREATE TABLE analytics.view_refreshes (
        view_name text PRIMARY KEY,
        changed_run_id bigint NOT NULL,
        refreshed_at timestamptz NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.kpi_snapshots (
        day date PRIMARY KEY,
        orders_finished integer NOT NULL,
        orders_with_due integer NOT NULL,
        orders_on_time integer NOT NULL,
        otd_pct double precision,
        throughput_day double precision NOT NULL,
        lead_time_h double precision,
        avg_cycle_time_hours double precision
      )`);
    await queryRunner.query('ALTER TABLE ops.data_quality_issues ADD COLUMN resolved_run_id bigint');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE ops.data_quality_issues DROP COLUMN resolved_run_id');
    await queryRunner.query('DROP TABLE analytics.kpi_snapshots');
    await queryRunner.query('DROP TABLE analytics.view_refreshes');
    for (const view of [
      'mv_wip_by_phase_current',
      'mv_quality_by_phase',
      'mv_order_leadtime_by_model',
      'mv_phase_durations_by_model',
    ]) {
      await queryRunner.query(`DROP MATERIALIZED VIEW analytics.${view}`);
    }
  }
}
