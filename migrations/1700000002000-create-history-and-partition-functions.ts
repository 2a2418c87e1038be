import { MigrationInterface, QueryRunner } from 'typeorm';

const HISTORY = [
  'fases_catalogo',
  'modelos',
  'funcionarios',
  'funcionarios_fases_aptos',
  'fases_standard_modelos',
  'ordens_fabrico',
  'fases_ordem_fabrico',
  'funcionarios_fase_ordem_fabrico',
  'erros_ordem_fabrico',
];

/**
 * History tables (the last values of rows that left core) and the functions that make monthly partitions.
 *
 * Months are months of UTC, so that neither the server's nor the factory's time zone moves a boundary. New months are
 * created detached and attached afterwards: CREATE TABLE ... PARTITION OF would lock the parent against readers,
 * ATTACH PARTITION does not.
 */
export class CreateHistoryAndPartitionFunctions1700000002000 implements MigrationInterface {
  name = 'CreateHistoryAndPartitionFunctions1700000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of HISTORY) {
      await queryRunner.query(`
        CREATE TABLE core.${table}_history (
          left_run_id bigint NOT NULL,
          left_at timestamptz NOT NULL,
          left_reason text NOT NULL CHECK (left_reason IN ('absent', 'quarantined')),
          LIKE core.${table}
        )`);
      await queryRunner.query(`CREATE INDEX idx_${table}_history_run ON core.${table}_history (left_run_id)`);
    }

    await queryRunner.query(`
      CREATE FUNCTION core.fases_partition_name(p_month date) RETURNS text
      LANGUAGE sql IMMUTABLE AS $$
        SELECT 'fases_ordem_fabrico_y' || to_char(p_month, 'YYYY') || 'm' || to_char(p_month, 'MM')
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.attach_fases_partition(p_month date) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_month date := date_trunc('month', p_month)::date;
        v_name text := core.fases_partition_name(v_month);
      BEGIN
        EXECUTE format(
          'ALTER TABLE core.fases_ordem_fabrico ATTACH PARTITION core.%I FOR VALUES FROM (%L) TO (%L)',
          v_name, v_month::text || ' 00:00:00+00', (v_month + interval '1 month')::date::text || ' 00:00:00+00');
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.ensure_fases_partition(p_month date) RETURNS boolean
      LANGUAGE plpgsql AS $$
      DECLARE
        v_name text := core.fases_partition_name(date_trunc('month', p_month)::date);
      BEGIN
        IF to_regclass(format('core.%I', v_name)) IS NOT NULL THEN
          RETURN false;
        END IF;
        EXECUTE format('CREATE TABLE core.%I (LIKE core.fases_ordem_fabrico INCLUDING CONSTRAINTS)', v_name);
        PERFORM core.attach_fases_partition(p_month);
        RETURN true;
      END
      $$`);
    // The first load fills its months before they have indexes or foreign keys and attaches them full: rows are routed
    // through a second parent that nobody reads, and one index build a month replaces half a million index insertions.
    await queryRunner.query(`
      CREATE FUNCTION core.begin_fases_build(p_months date[]) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_month date;
        v_name text;
      BEGIN
        CREATE TABLE core.fases_ordem_fabrico_build (LIKE core.fases_ordem_fabrico INCLUDING CONSTRAINTS)
          PARTITION BY RANGE (faseof_event_time);
        FOREACH v_month IN ARRAY p_months LOOP
          v_name := core.fases_partition_name(v_month);
          EXECUTE format('CREATE TABLE core.%I (LIKE core.fases_ordem_fabrico INCLUDING CONSTRAINTS)', v_name);
          EXECUTE format(
            'ALTER TABLE core.fases_ordem_fabrico_build ATTACH PARTITION core.%I FOR VALUES FROM (%L) TO (%L)',
            v_name, v_month::text || ' 00:00:00+00', (v_month + interval '1 month')::date::text || ' 00:00:00+00');
        END LOOP;
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.finish_fases_build(p_months date[]) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_month date;
      BEGIN
        FOREACH v_month IN ARRAY p_months LOOP
          EXECUTE format('ALTER TABLE core.fases_ordem_fabrico_build DETACH PARTITION core.%I',
            core.fases_partition_name(v_month));
          PERFORM core.attach_fases_partition(v_month);
        END LOOP;
        DROP TABLE core.fases_ordem_fabrico_build;
      END
      $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION core.finish_fases_build(date[])');
    await queryRunner.query('DROP FUNCTION core.begin_fases_build(date[])');
    await queryRunner.query('DROP FUNCTION core.ensure_fases_partition(date)');
    await queryRunner.query('DROP FUNCTION core.attach_fases_partition(date)');
    await queryRunner.query('DROP FUNCTION core.fases_partition_name(date)');
    for (const table of [...HISTORY].reverse()) {
      await queryRunner.query(`DROP TABLE core.${table}_history`);
    }
  }
}
