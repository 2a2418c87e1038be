import { MigrationInterface, QueryRunner } from 'typeorm';

/** The schema of everything that follows from core and is computed at a load: aggregates, views, forecasts. */
export class CreateAnalyticsSchema1700000005000 implements MigrationInterface {
  name = 'CreateAnalyticsSchema1700000005000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE SCHEMA analytics');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP SCHEMA analytics');
  }
}
