import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who worked on which phase, by when it ended, so that key figures of workers need not look through all assignments. */
export class CreateWorkerPhases1700000018000 implements MigrationInterface {
  name = 'CreateWorkerPhases1700000018000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE analytics.worker_phase (
        ended_at timestamptz NOT NULL,
        funcionario_id bigint NOT NULL,
        fase_id bigint NOT NULL,
        chefe integer,
        seconds bigint,
        team integer NOT NULL,
        errors integer NOT NULL
      )`);
    await runner.query('CREATE INDEX idx_worker_phase_ended ON analytics.worker_phase (ended_at)');
    // What was prepared before lacks these rows: it is made anew.
    await runner.query('DELETE FROM analytics.reading_state');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE analytics.worker_phase');
  }
}
