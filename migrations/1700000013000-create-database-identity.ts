import { MigrationInterface, QueryRunner } from 'typeorm';

/** What tells this database from any other, for what outlives databases (a Redis): made when it is first asked for. */
export class CreateDatabaseIdentity1700000013000 implements MigrationInterface {
  name = 'CreateDatabaseIdentity1700000013000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ops.database_identity (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        identity uuid NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE ops.database_identity');
  }
}
