import { MigrationInterface, QueryRunner } from 'typeorm';

/** What the release gate measured of a running service, for every process that is asked for its verdict. */
export class CreateSloMeasurements1700000012100 implements MigrationInterface {
  name = 'CreateSloMeasurements1700000012100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ops.slo_measurements (
        measured_at timestamptz NOT NULL,
        version bigint NOT NULL,
        name text NOT NULL,
        target_ms double precision NOT NULL,
        p95_ms double precision NOT NULL,
        requests integer NOT NULL,
        failed integer NOT NULL,
        PRIMARY KEY (measured_at, name)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE ops.slo_measurements');
  }
}
