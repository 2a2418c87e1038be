import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The risks of a window are put together from the months in it: grouped anew for every question, they took 5 ms a year. */
export class KeepRisksByMonth1700000019200 implements MigrationInterface {
  name = 'KeepRisksByMonth1700000019200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE analytics.risk_month (
        month date PRIMARY KEY,
        orders integer NOT NULL,
        products bytea NOT NULL,
        culprits bytea NOT NULL,
        pairs bytea NOT NULL
      )`);
    for (const column of ['products', 'culprits', 'pairs'])
      await runner.query(`ALTER TABLE analytics.risk_month ALTER COLUMN ${column} SET STORAGE EXTERNAL`);
    await runner.query(
      `COMMENT ON COLUMN analytics.risk_month.products IS
       'by product of the orders created in the month: int8 produto_id, int4 orders; big endian'`,
    );
    await runner.query(
      `COMMENT ON COLUMN analytics.risk_month.culprits IS
       'by type of the culprit phase: int8 fase_id, int4 orders with such an error, of whatever product; big endian'`,
    );
    await runner.query(
      `COMMENT ON COLUMN analytics.risk_month.pairs IS
       'by product and type of the culprit phase: int8 produto_id, int8 fase_id, int4 orders with such an error, int4 errors, int4 sum of their severities; big endian'`,
    );
    // The tables for reading are of no version until the job has made them anew; until then answers read core.
    await runner.query('DELETE FROM analytics.reading_state');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE analytics.risk_month');
  }
}
