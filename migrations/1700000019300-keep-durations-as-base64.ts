import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Durations are sent as text whatever they are kept as: kept as base64, they are neither written in hexadecimal digits for
 * each answer nor read from them, and two thirds as many bytes are sent.
 */
export class KeepDurationsAsBase641700000019300 implements MigrationInterface {
  name = 'KeepDurationsAsBase641700000019300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE analytics.phase_period
       ALTER COLUMN durations TYPE text USING translate(encode(durations, 'base64'), E'\\n', '')`,
    );
    // Hardly compressible, and read all the time; a new type has its own storage.
    await runner.query('ALTER TABLE analytics.phase_period ALTER COLUMN durations SET STORAGE EXTERNAL');
    await runner.query(
      `COMMENT ON COLUMN analytics.phase_period.durations IS
       'base64 of the positive durations, phase type by phase type as in phases: first those of whole minutes, less 2^15, as int2, then the others and longer ones in seconds less 2^31 as int4; big endian'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE analytics.phase_period ALTER COLUMN durations TYPE bytea USING decode(durations, 'base64')`,
    );
    await runner.query('ALTER TABLE analytics.phase_period ALTER COLUMN durations SET STORAGE EXTERNAL');
    await runner.query(
      `COMMENT ON COLUMN analytics.phase_period.durations IS
       'the positive durations, phase type by phase type as in phases: first those of whole minutes, less 2^15, as int2, then the others and longer ones in seconds less 2^31 as int4; big endian'`,
    );
  }
}
