import { MigrationInterface, QueryRunner } from 'typeorm';

const ENTITIES = [
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

/** What the product knows about its own loads: runs, accounting, rejects, issues, the published version. */
export class CreateOps1700000004000 implements MigrationInterface {
  name = 'CreateOps1700000004000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ops.ingestion_runs (
        run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        status text NOT NULL
          CHECK (status IN ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'INTERRUPTED')),
        created_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        workbook_name text NOT NULL,
        workbook_path text NOT NULL,
        workbook_bytes bigint,
        excel_sha256 text,
        per_sheet_sha256 jsonb,
        per_sheet_layout jsonb,
        per_sheet_cells jsonb,
        part_fingerprints jsonb,
        settings_hash text,
        sample boolean NOT NULL DEFAULT false,
        forced boolean NOT NULL DEFAULT false,
        allow_mass_absence text[] NOT NULL DEFAULT '{}',
        correlation_id text,
        cancel_requested boolean NOT NULL DEFAULT false,
        rows_extracted bigint NOT NULL DEFAULT 0,
        rows_loaded bigint NOT NULL DEFAULT 0,
        rows_merged bigint NOT NULL DEFAULT 0,
        rows_rejected bigint NOT NULL DEFAULT 0,
        as_of timestamptz,
        evidence_run_id bigint REFERENCES ops.ingestion_runs (run_id),
        evidence_dropped boolean NOT NULL DEFAULT false,
        error_code text,
        error_detail text,
        error_remedy text,
        progress json,
        report json
      )`);
    // One load waits or runs at a time, whoever asks for the second.
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_ingestion_runs_active ON ops.ingestion_runs ((true))
        WHERE status IN ('QUEUED', 'RUNNING')`);
    await queryRunner.query(`
      CREATE TABLE ops.ingestion_sheet_runs (
        run_id bigint NOT NULL REFERENCES ops.ingestion_runs (run_id) ON DELETE CASCADE,
        sheet text NOT NULL,
        sheet_sha256 text,
        extracted bigint NOT NULL,
        inserted bigint NOT NULL,
        updated bigint NOT NULL,
        unchanged bigint NOT NULL,
        duplicates bigint NOT NULL,
        quarantined bigint NOT NULL,
        absent bigint NOT NULL,
        withdrawn bigint NOT NULL,
        seconds double precision NOT NULL,
        PRIMARY KEY (run_id, sheet)
      )`);
    await queryRunner.query(`
      CREATE TABLE ops.ingestion_steps (
        run_id bigint NOT NULL REFERENCES ops.ingestion_runs (run_id) ON DELETE CASCADE,
        position integer NOT NULL,
        name text NOT NULL,
        rows_in bigint NOT NULL,
        rows_out bigint NOT NULL,
        rows_rejected bigint NOT NULL,
        seconds double precision NOT NULL,
        PRIMARY KEY (run_id, position)
      )`);
    await queryRunner.query(`
      CREATE TABLE ops.match_rates (
        run_id bigint NOT NULL REFERENCES ops.ingestion_runs (run_id) ON DELETE CASCADE,
        name text NOT NULL,
        matches bigint NOT NULL,
        total bigint NOT NULL,
        rate double precision,
        threshold double precision,
        status text NOT NULL,
        PRIMARY KEY (run_id, name)
      )`);
    // One row of the workbook is rejected for one reason, so where it stood is its key.
    await queryRunner.query(`
      CREATE TABLE ops.rejects (
        run_id bigint NOT NULL,
        entity text NOT NULL,
        src_sheet smallint NOT NULL,
        src_row integer NOT NULL,
        sheet text NOT NULL,
        column_name text,
        cell text,
        reason_code text NOT NULL,
        reason text NOT NULL,
        raw_row jsonb NOT NULL,
        PRIMARY KEY (run_id, entity, src_sheet, src_row)
      ) PARTITION BY LIST (entity)`);
    for (const entity of ENTITIES) {
      await queryRunner.query(
        `CREATE TABLE ops.${entity}_rejects PARTITION OF ops.rejects FOR VALUES IN ('${entity}')`,
      );
    }
    await queryRunner.query(`
      CREATE TABLE ops.data_quality_issues (
        run_id bigint NOT NULL,
        entity text NOT NULL,
        code text NOT NULL,
        sheet text NOT NULL,
        src_sheet smallint NOT NULL,
        src_row integer NOT NULL,
        column_name text,
        row_key text,
        detail text
      ) PARTITION BY LIST (run_id)`);
    await queryRunner.query(`
      CREATE INDEX idx_issues_run ON ops.data_quality_issues (run_id, entity, code, src_sheet, src_row)`);
    // A run's findings (300,000 with every load of the factory's workbook) are written aside, indexed once, and
    // forgotten by dropping their partition.
    await queryRunner.query(`
      CREATE FUNCTION ops.begin_issues(p_run_id bigint) RETURNS void
      LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('CREATE TABLE ops.data_quality_issues_run_%s (LIKE ops.data_quality_issues)', p_run_id);
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION ops.finish_issues(p_run_id bigint) RETURNS void
      LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format(
          'ALTER TABLE ops.data_quality_issues ATTACH PARTITION ops.data_quality_issues_run_%s FOR VALUES IN (%s)',
          p_run_id, p_run_id);
      END
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION ops.drop_issues(p_run_id bigint) RETURNS void
      LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('DROP TABLE IF EXISTS ops.data_quality_issues_run_%s', p_run_id);
      END
      $$`);
    await queryRunner.query(`
      CREATE TABLE ops.analytics_watermarks (
        name text PRIMARY KEY,
        value timestamptz,
        run_id bigint,
        updated_at timestamptz NOT NULL
      )`);
    // The single row that says which run's data readers see; everything served carries its as_of.
    await queryRunner.query(`
      CREATE TABLE ops.ops_cache_version (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        version bigint NOT NULL,
        run_id bigint REFERENCES ops.ingestion_runs (run_id),
        published_at timestamptz
      )`);
    await queryRunner.query(`INSERT INTO ops.ops_cache_version (id, version) VALUES (1, 0)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const name of ['drop_issues', 'finish_issues', 'begin_issues']) {
      await queryRunner.query(`DROP FUNCTION ops.${name}(bigint)`);
    }
    for (const table of [
      'ops_cache_version',
      'analytics_watermarks',
      'data_quality_issues',
      'rejects',
      'match_rates',
      'ingestion_steps',
      'ingestion_sheet_runs',
      'ingestion_runs',
    ]) {
      await queryRunner.query(`DROP TABLE ops.${table}`);
    }
  }
}
