import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the ETA of an order was made with, and why. */
export class ChooseEtas1700000015000 implements MigrationInterface {
  name = 'ChooseEtas1700000015000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // The defaults are what is true of the rows that are there.
    await queryRunner.query(`
      ALTER TABLE analytics.order_forecast
        ADD COLUMN method text NOT NULL DEFAULT 'comparable_orders' CHECK (method IN ('comparable_orders', 'model')),
        ADD COLUMN method_reason text NOT NULL DEFAULT 'No trained model of remaining times has beaten it yet.'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE analytics.order_forecast DROP COLUMN method_reason, DROP COLUMN method');
  }
}
