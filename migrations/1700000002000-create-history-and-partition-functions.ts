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
    // The first load fills its months in staging, before they have indexes or foreign keys, and attaches them full: rows
    // are routed through a second parent that nobody reads, and one index build a month replaces half a million index
    // insertions. Foreign keys are proven when a month is attached.
    await queryRunner.query(`
      CREATE FUNCTION core.drop_fases_build() RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_name text;
      BEGIN
        DROP TABLE IF EXISTS staging.fases_ordem_fabrico_build;
        FOR v_name IN
          SELECT relname FROM pg_class
          WHERE relnamespace = 'staging'::regnamespace AND relkind = 'r' AND relname ~ '^fases_ordem_fabrico_y\\d+m\\d+$'
          ORDER BY relname
        LOOP
          EXECUTE format('DROP TABLE staging.%I', v_name);
        END LOOP;
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.begin_fases_build(p_months date[]) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_month date;
        v_name text;
      BEGIN
        PERFORM core.drop_fases_build();
        CREATE TABLE staging.fases_ordem_fabrico_build (LIKE core.fases_ordem_fabrico INCLUDING CONSTRAINTS)
          PARTITION BY RANGE (faseof_event_time);
        FOREACH v_month IN ARRAY p_months LOOP
          v_name := core.fases_partition_name(v_month);
          EXECUTE format('CREATE TABLE staging.%I (LIKE core.fases_ordem_fabrico INCLUDING CONSTRAINTS)', v_name);
          EXECUTE format(
            'ALTER TABLE staging.fases_ordem_fabrico_build ATTACH PARTITION staging.%I FOR VALUES FROM (%L) TO (%L)',
            v_name, v_month::text || ' 00:00:00+00', (v_month + interval '1 month')::date::text || ' 00:00:00+00');
        END LOOP;
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.index_fases_build(p_months date[]) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_month date;
        v_name text;
        v_definition text;
      BEGIN
        FOREACH v_month IN ARRAY p_months LOOP
          v_name := core.fases_partition_name(v_month);
          EXECUTE format('ALTER TABLE staging.fases_ordem_fabrico_build DETACH PARTITION staging.%I', v_name);
          FOR v_definition IN
            SELECT regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \\S+ ON ONLY \\S+ ',
              format('INDEX ON staging.%I ', v_name))
            FROM pg_index
            WHERE indrelid = 'core.fases_ordem_fabrico'::regclass AND NOT indisprimary
            ORDER BY indexrelid::regclass::text
          LOOP
            EXECUTE v_definition;
          END LOOP;
          EXECUTE (
            SELECT format('ALTER TABLE staging.%I ADD %s', v_name, pg_get_constraintdef(oid))
            FROM pg_constraint
            WHERE conrelid = 'core.fases_ordem_fabrico'::regclass AND contype = 'p'
          );
        END LOOP;
        DROP TABLE staging.fases_ordem_fabrico_build;
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.finish_fases_build(p_months date[]) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_month date;
      BEGIN
        FOREACH v_month IN ARRAY p_months LOOP
          EXECUTE format('ALTER TABLE staging.%I SET SCHEMA core', core.fases_partition_name(v_month));
          PERFORM core.attach_fases_partition(v_month);
        END LOOP;
      END
      $$`);
    // The same idea for tables whose partitions are there from the start. TRUNCATE gives them new files, so that their
    // first rows need no journal where wal_level is minimal; they hold nothing, and are refused if they do.
    await queryRunner.query(`
      CREATE FUNCTION core.begin_bulk_load(p_table regclass, p_foreign_keys boolean) RETURNS text[]
      LANGUAGE plpgsql AS $$
      DECLARE
        v_filled boolean;
        v_again text[] := '{}';
        v_one record;
      BEGIN
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', p_table) INTO v_filled;
        IF v_filled THEN
          RAISE EXCEPTION '% holds rows: it can be loaded in bulk only while it is empty', p_table;
        END IF;
        EXECUTE format('TRUNCATE %s', p_table);
        FOR v_one IN
          SELECT conname, pg_get_constraintdef(oid) AS definition
          FROM pg_constraint
          WHERE conrelid = p_table AND (contype IN ('p', 'u') OR contype = 'f' AND p_foreign_keys)
          ORDER BY contype DESC, conname
        LOOP
          EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', p_table, v_one.conname);
          v_again := v_again || format('ALTER TABLE %s ADD CONSTRAINT %I %s', p_table, v_one.conname, v_one.definition);
        END LOOP;
        FOR v_one IN
          SELECT indexrelid, pg_get_indexdef(indexrelid) AS definition
          FROM pg_index
          WHERE indrelid = p_table
          ORDER BY indexrelid::regclass::text
        LOOP
          EXECUTE format('DROP INDEX %s', v_one.indexrelid::regclass);
          -- The definition of an index of a partitioned table says ONLY, which would leave its partitions without.
          v_again := v_again || replace(v_one.definition, ' ON ONLY ', ' ON ');
        END LOOP;
        RETURN v_again;
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.finish_bulk_load(p_definitions text[]) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_definition text;
      BEGIN
        FOREACH v_definition IN ARRAY p_definitions LOOP
          EXECUTE v_definition;
        END LOOP;
      END
      $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION core.finish_bulk_load(text[])');
    await queryRunner.query('DROP FUNCTION core.begin_bulk_load(regclass, boolean)');
    await queryRunner.query('DROP FUNCTION core.finish_fases_build(date[])');
    await queryRunner.query('DROP FUNCTION core.index_fases_build(date[])');
    await queryRunner.query('DROP FUNCTION core.begin_fases_build(date[])');
    await queryRunner.query('DROP FUNCTION core.drop_fases_build()');
    await queryRunner.query('DROP FUNCTION core.ensure_fases_partition(date)');
    await queryRunner.query('DROP FUNCTION core.attach_fases_partition(date)');
    await queryRunner.query('DROP FUNCTION core.fases_partition_name(date)');
    for (const table of [...HISTORY].reverse()) {
      await queryRunner.query(`DROP TABLE core.${table}_history`);
    }
  }
}
