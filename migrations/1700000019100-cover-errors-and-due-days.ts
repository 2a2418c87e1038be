import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Errors of a window are counted from the index alone, and what is due is read from the open orders alone. */
export class CoverErrorsAndDueDays1700000019100 implements MigrationInterface {
  name = 'CoverErrorsAndDueDays1700000019100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX analytics.idx_quality_errors_time');
    await runner.query(
      `CREATE INDEX idx_quality_errors_time ON analytics.quality_errors (event_time)
       INCLUDE (month, fase_avaliacao_id, fase_culpada_id, gravidade, descricao, produto_id)`,
    );
    await runner.query('ALTER TABLE analytics.open_orders ADD COLUMN fase_atual_id bigint, ADD COLUMN due timestamptz');
    await runner.query(
      `UPDATE analytics.open_orders AS open
       SET fase_atual_id = estado.fase_atual_id, due = ordem.of_data_transporte
       FROM core.ordens_fabrico AS ordem, core.ordens_estado AS estado
       WHERE ordem.of_id = open.of_id AND estado.of_id = open.of_id`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE analytics.open_orders DROP COLUMN fase_atual_id, DROP COLUMN due');
    await runner.query('DROP INDEX analytics.idx_quality_errors_time');
    await runner.query('CREATE INDEX idx_quality_errors_time ON analytics.quality_errors (event_time)');
  }
}
