import { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * More of a first load is built in staging.
 *
 * - What core.begin_fases_build and its like do for the months, for a table whose hash partitions are there from the start:
 *   partitions of the same names are filled in staging, get their indexes, and are put in the place of core's, which are
 *   empty. Foreign keys are then proven by one join for each partition in place of a look-up for each row.
 * - Months are taken apart before they get their indexes, so that two sessions can make them.
 */
export class BuildMoreAside1700000009400 implements MigrationInterface {
  name = 'BuildMoreAside1700000009400';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION core.hash_partitions(p_table regclass) RETURNS TABLE (part name, bounds text)
      LANGUAGE sql STABLE AS $$
        SELECT child.relname, pg_get_expr(child.relpartbound, child.oid)
        FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = p_table
        ORDER BY child.relname
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.drop_builds() RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_name name;
      BEGIN
        -- What is partitioned goes first, and its partitions with it.
        FOR v_name IN
          SELECT relname FROM pg_class
          WHERE relnamespace = 'staging'::regnamespace AND relkind IN ('p', 'r')
            AND relname ~ '(_build|^fases_ordem_fabrico_y\\d+m\\d+|^erros_ordem_fabrico_p\\d+)$'
          ORDER BY relkind, relname
        LOOP
          EXECUTE format('DROP TABLE IF EXISTS staging.%I', v_name);
        END LOOP;
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.part_fases_build(p_months date[]) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_month date;
      BEGIN
        FOREACH v_month IN ARRAY p_months LOOP
          EXECUTE format('ALTER TABLE staging.fases_ordem_fabrico_build DETACH PARTITION staging.%I',
            core.fases_partition_name(v_month));
        END LOOP;
        DROP TABLE staging.fases_ordem_fabrico_build;
      END
      $$`);
    await queryRunner.query(indexFasesBuild(false));
    await queryRunner.query(`
      CREATE FUNCTION core.begin_hash_build(p_table regclass) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_name text := (SELECT relname || '_build' FROM pg_class WHERE oid = p_table);
        v_one record;
      BEGIN
        EXECUTE format('CREATE TABLE staging.%I (LIKE %s INCLUDING CONSTRAINTS) PARTITION BY %s',
          v_name, p_table, pg_get_partkeydef(p_table));
        FOR v_one IN SELECT * FROM core.hash_partitions(p_table) LOOP
          EXECUTE format('CREATE TABLE staging.%I PARTITION OF staging.%I %s', v_one.part, v_name, v_one.bounds);
        END LOOP;
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.index_hash_build(p_table regclass) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_name text := (SELECT relname || '_build' FROM pg_class WHERE oid = p_table);
        v_part name;
        v_definition text;
      BEGIN
        FOR v_part IN SELECT part FROM core.hash_partitions(p_table) LOOP
          EXECUTE format('ALTER TABLE staging.%I DETACH PARTITION staging.%I', v_name, v_part);
          FOR v_definition IN
            SELECT regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \\S+ ON ONLY \\S+ ',
              format('INDEX ON staging.%I ', v_part))
            FROM pg_index
            WHERE indrelid = p_table AND NOT indisprimary
            ORDER BY indexrelid::regclass::text
          LOOP
            EXECUTE v_definition;
          END LOOP;
          EXECUTE (
            SELECT format('ALTER TABLE staging.%I ADD %s', v_part, pg_get_constraintdef(oid))
            FROM pg_constraint
            WHERE conrelid = p_table AND contype = 'p'
          );
        END LOOP;
        EXECUTE format('DROP TABLE staging.%I', v_name);
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION core.finish_hash_build(p_table regclass) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_filled boolean;
        v_one record;
      BEGIN
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', p_table);
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', p_table) INTO v_filled;
        IF v_filled THEN
          RAISE EXCEPTION '% holds rows: its partitions can be replaced only while it is empty', p_table;
        END IF;
        FOR v_one IN SELECT * FROM core.hash_partitions(p_table) LOOP
          EXECUTE format('DROP TABLE core.%I', v_one.part);
          EXECUTE format('ALTER TABLE staging.%I SET SCHEMA core', v_one.part);
          EXECUTE format('ALTER TABLE %s ATTACH PARTITION core.%I %s', p_table, v_one.part, v_one.bounds);
        END LOOP;
      END
      $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const name of ['finish_hash_build', 'index_hash_build', 'begin_hash_build']) {
      await queryRunner.query(`DROP FUNCTION core.${name}(regclass)`);
    }
    await queryRunner.query(indexFasesBuild(true));
    await queryRunner.query('DROP FUNCTION core.part_fases_build(date[])');
    await queryRunner.query('DROP FUNCTION core.drop_builds()');
    await queryRunner.query('DROP FUNCTION core.hash_partitions(regclass)');
  }
}

/** core.index_fases_build as it is now, or, with `parts`, as it was: it took the months apart itself. */
function indexFasesBuild(parts: boolean): string {
  const detach = `
          EXECUTE format('ALTER TABLE staging.fases_ordem_fabrico_build DETACH PARTITION staging.%I', v_name);`;
  const drop = `
        DROP TABLE staging.fases_ordem_fabrico_build;`;
  return `
      CREATE OR REPLACE FUNCTION core.index_fases_build(p_months date[]) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        v_month date;
        v_name text;
        v_definition text;
      BEGIN
        FOREACH v_month IN ARRAY p_months LOOP
          v_name := core.fases_partition_name(v_month);${parts ? detach : ''}
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
        END LOOP;${parts ? drop : ''}
      END
      $$`;
}
