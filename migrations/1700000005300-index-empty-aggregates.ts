import { MigrationInterface, QueryRunner } from 'typeorm';

const EMPTY: Readonly<Record<string, string>> = {
  agg_phase_stats_daily: 'executions = 0',
  agg_order_stats_daily: 'created = 0 AND finished = 0',
  agg_quality_daily: 'errors = 0',
};

/** Finds the rows to which nothing contributes any more without reading the others; empty but within a load. */
export class IndexEmptyAggregates1700000005300 implements MigrationInterface {
  name = 'IndexEmptyAggregates1700000005300';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, nothingLeft] of Object.entries(EMPTY)) {
      await queryRunner.query(`CREATE INDEX idx_${table}_empty ON analytics.${table} (day) WHERE ${nothingLeft}`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of Object.keys(EMPTY)) await queryRunner.query(`DROP INDEX analytics.idx_${table}_empty`);
  }
}
