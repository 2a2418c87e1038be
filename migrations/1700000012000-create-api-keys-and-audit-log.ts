import { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may do what, and who did. Of a key nothing is stored that would let anybody use it. */
export class CreateApiKeysAndAuditLog1700000012000 implements MigrationInterface {
  name = 'CreateApiKeysAndAuditLog1700000012000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ops.api_keys (
        key_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$'),
        prefix text NOT NULL,
        last_four text NOT NULL CHECK (length(last_four) = 4),
        key_hash bytea NOT NULL CONSTRAINT uq_api_keys_hash UNIQUE CHECK (octet_length(key_hash) = 32),
        scopes text[] NOT NULL
          CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'ingest', 'simulate', 'train', 'admin']),
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        last_used_at timestamptz,
        superseded_at timestamptz,
        revoked_at timestamptz
      )`);
    // A rotated key may live on for a while beside the one of the same name that replaces it.
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_api_keys_current_name ON ops.api_keys (name)
        WHERE revoked_at IS NULL AND superseded_at IS NULL`);
    await queryRunner.query(`
      CREATE TABLE ops.audit_log (
        audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        key_id bigint REFERENCES ops.api_keys (key_id),
        scope text NOT NULL,
        action text NOT NULL,
        target text NOT NULL,
        ip text,
        correlation_id text,
        outcome text NOT NULL
          CHECK (outcome IN ('STARTED', 'OK', 'REFUSED', 'FAILED', 'ABORTED', 'UNAUTHENTICATED', 'FORBIDDEN')),
        status integer,
        duration_ms integer
      )`);
    await queryRunner.query('CREATE INDEX ix_audit_log_at ON ops.audit_log (at DESC)');
    await queryRunner.query('CREATE INDEX ix_audit_log_correlation ON ops.audit_log (correlation_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE ops.audit_log');
    await queryRunner.query('DROP TABLE ops.api_keys');
  }
}
