import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Models that were learned, and the trainings that learned them. */
export class CreateModelRegistry1700000011000 implements MigrationInterface {
  name = 'CreateModelRegistry1700000011000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ops.training_runs (
        training_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL,
        status text NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'INTERRUPTED')),
        progress double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
        stage text,
        requested_at timestamptz NOT NULL,
        started_at timestamptz,
        ended_at timestamptz,
        detail text
      )`);
    // Two requests at once ask for one training.
    await queryRunner.query(`
      CREATE UNIQUE INDEX training_runs_one_of_a_kind ON ops.training_runs (kind)
        WHERE status IN ('QUEUED', 'RUNNING')`);
    await queryRunner.query(`
      CREATE TABLE ops.model_registry (
        model_name text NOT NULL,
        version integer NOT NULL,
        training_id bigint REFERENCES ops.training_runs,
        algorithm text NOT NULL,
        status text NOT NULL CHECK (status IN ('CHAMPION', 'RETIRED', 'REJECTED')),
        reason text NOT NULL,
        sample boolean NOT NULL,
        data_cutoff timestamptz NOT NULL,
        dataset_hash text NOT NULL,
        feature_schema text NOT NULL,
        metrics jsonb NOT NULL,
        card jsonb NOT NULL,
        artefact_path text NOT NULL,
        artefact_sha256 text NOT NULL,
        serving_problem text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (model_name, version)
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX model_registry_one_champion ON ops.model_registry (model_name, sample)
        WHERE status = 'CHAMPION'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE ops.model_registry, ops.training_runs');
  }
}
