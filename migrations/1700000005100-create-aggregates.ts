import { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Daily aggregates and the current WIP, and how far each derivation has come.
 *
 * Keys may be null (an order without product, an error without culprit), and two nulls are one key: a number that
 * stands for 'none' could be an id some day.
 */
export class CreateAggregates1700000005100 implements MigrationInterface {
  name = 'CreateAggregates1700000005100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE analytics.agg_phase_stats_daily (
        day date NOT NULL,
        fase_id bigint NOT NULL,
        produto_id bigint,
        executions integer NOT NULL,
        timed_executions integer NOT NULL,
        duration_seconds bigint NOT NULL,
        returns integer NOT NULL,
        CONSTRAINT uq_agg_phase_stats_daily UNIQUE NULLS NOT DISTINCT (day, fase_id, produto_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.agg_order_stats_daily (
        day date NOT NULL,
        produto_id bigint,
        created integer NOT NULL,
        finished integer NOT NULL,
        finished_with_due integer NOT NULL,
        finished_on_time integer NOT NULL,
        lead_time_orders integer NOT NULL,
        lead_time_seconds bigint NOT NULL,
        CONSTRAINT uq_agg_order_stats_daily UNIQUE NULLS NOT DISTINCT (day, produto_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.agg_quality_daily (
        day date NOT NULL,
        produto_id bigint,
        fase_avaliacao_id bigint,
        fase_culpada_id bigint,
        gravidade integer NOT NULL,
        errors integer NOT NULL,
        CONSTRAINT uq_agg_quality_daily
          UNIQUE NULLS NOT DISTINCT (day, produto_id, fase_avaliacao_id, fase_culpada_id, gravidade)
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.agg_wip_current (
        fase_id bigint NOT NULL,
        produto_id bigint,
        wip_count integer NOT NULL,
        wip_orders integer NOT NULL,
        wip_age_seconds bigint NOT NULL,
        oldest_inicio timestamptz,
        dormant_count integer NOT NULL,
        CONSTRAINT uq_agg_wip_current UNIQUE NULLS NOT DISTINCT (fase_id, produto_id)
      )`);
    // What stands in the tables of a derivation: computed how (signature), for which run, and which run last moved it.
    await queryRunner.query(`
      CREATE TABLE analytics.derivation_state (
        name text PRIMARY KEY,
        signature text NOT NULL,
        run_id bigint NOT NULL,
        changed_run_id bigint NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'derivation_state',
      'agg_wip_current',
      'agg_quality_daily',
      'agg_order_stats_daily',
      'agg_phase_stats_daily',
    ]) {
      await queryRunner.query(`DROP TABLE analytics.${table}`);
    }
  }
}
