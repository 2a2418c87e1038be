import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { renderSchema } from '../../../scripts/db/render-schema';
import { buildDataSource, poolOf, revertAllMigrations, runMigrations } from '../../../src/database/data-source';
import { createBlankDatabase, type TestDatabase } from '../../support/test-database';

const DUMP = readFileSync(join(__dirname, '../../../docs/schema.sql'), 'utf8');

describe('the schema', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let client: PoolClient;

  beforeEach(async () => {
    database = await createBlankDatabase();
    dataSource = await buildDataSource(database.url, 3).initialize();
    client = await poolOf(dataSource).connect();
  });

  afterEach(async () => {
    client.release();
    await dataSource.destroy();
    await database.drop();
  });

  /** Everything that PostgreSQL did not bring itself, by its address: relations, types, functions, schemas, … */
  async function ownObjects(): Promise<string[]> {
    const { rows } = await client.query<{ identity: string }>(`
      SELECT a.type || ' ' || a.identity AS identity
      FROM (
        SELECT 'pg_class'::regclass::oid AS class, oid FROM pg_class
        UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type
        UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc
        UNION ALL SELECT 'pg_namespace'::regclass, oid FROM pg_namespace
        UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint
        UNION ALL SELECT 'pg_extension'::regclass, oid FROM pg_extension
      ) o, pg_identify_object(o.class, o.oid, 0) a
      WHERE o.oid >= 16384 AND a.identity NOT LIKE '%schema_migrations%' AND a.schema IS DISTINCT FROM 'pg_toast'
        AND NOT EXISTS (
          SELECT FROM pg_index x WHERE x.indexrelid = o.oid AND x.indrelid = to_regclass('public.schema_migrations'))
      ORDER BY 1`);
    return rows.map((row) => row.identity);
  }

  it('is what docs/schema.sql says (npm run schema:dump writes it anew)', async () => {
    await runMigrations(dataSource);
    expect(await renderSchema(client)).toBe(DUMP);
  });

  it('comes out of docs/schema.sql alone, so the dump leaves nothing out that it knows of', async () => {
    await client.query(DUMP);
    expect(await renderSchema(client)).toBe(DUMP);
  });

  it('is described the same while months of phases exist', async () => {
    await runMigrations(dataSource);
    await client.query(`SELECT core.ensure_fases_partition('2025-01-01')`);
    expect(await renderSchema(client)).toBe(DUMP);
  });

  it('goes up, down to nothing at all, and up again, with months of phases in it', async () => {
    const before = await ownObjects();
    await runMigrations(dataSource);
    await client.query(`SELECT core.ensure_fases_partition('2025-01-01')`);
    await revertAllMigrations(dataSource);
    expect(await ownObjects()).toEqual(before);

    await runMigrations(dataSource);
    expect(await renderSchema(client)).toBe(DUMP);
  });

  it('comes back from every single migration reverted and applied again', async () => {
    await runMigrations(dataSource);
    for (let depth = 1; depth <= dataSource.migrations.length; depth += 1) {
      for (let step = 0; step < depth; step += 1) await dataSource.undoLastMigration();
      await runMigrations(dataSource);
      expect(await renderSchema(client)).toBe(DUMP);
    }
  });
});

describe('the dump of a changed schema', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createBlankDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(DUMP);
  });
  beforeEach(() => client.query('BEGIN'));
  afterEach(() => client.query('ROLLBACK'));
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it.each([
    ['a column', 'ALTER TABLE core.modelos ADD COLUMN extra integer'],
    ['a type', 'ALTER TABLE core.modelos ALTER COLUMN produto_nome TYPE varchar(80)'],
    ['nullability', 'ALTER TABLE core.ordens_fabrico ALTER COLUMN of_data_criacao DROP NOT NULL'],
    ['a default', `ALTER TABLE ops.ingestion_runs ALTER COLUMN sample DROP DEFAULT`],
    ['a check', 'ALTER TABLE core.erros_ordem_fabrico DROP CONSTRAINT ck_ofch_gravidade'],
    ['a foreign key', 'ALTER TABLE core.fases_ordem_fabrico DROP CONSTRAINT fk_faseof_ordem'],
    ['a primary key', 'ALTER TABLE core.fases_ordem_fabrico DROP CONSTRAINT pk_fases_ordem_fabrico'],
    [
      'an INCLUDE',
      `DROP INDEX core.idx_faseof_faseid_event;
       CREATE INDEX idx_faseof_faseid_event ON core.fases_ordem_fabrico (faseof_fase_id, faseof_event_time)`,
    ],
    [
      'a WHERE of an index',
      `DROP INDEX core.idx_of_transporte; CREATE INDEX idx_of_transporte ON core.ordens_fabrico (of_data_transporte)`,
    ],
    ['an index on one partition', 'CREATE INDEX ON core.erros_ordem_fabrico_p03 (ofch_gravidade)'],
    ['a partition', 'DROP TABLE core.erros_ordem_fabrico_p31'],
    ['what is logged', 'ALTER TABLE staging.modelos_raw SET LOGGED'],
    [
      'the body of a function',
      `CREATE OR REPLACE FUNCTION core.fases_partition_name(p_month date) RETURNS text LANGUAGE sql IMMUTABLE
       AS $$ SELECT 'other' $$`,
    ],
  ])('differs when %s changes', async (_what, change) => {
    await client.query(change);
    expect(await renderSchema(client)).not.toBe(DUMP);
  });

  it.each([
    ['view', 'CREATE VIEW core.v AS SELECT 1 AS one', 'core.v (relation of kind v)'],
    ['sequence', 'CREATE SEQUENCE ops.s', 'ops.s (relation of kind S)'],
    ['type', `CREATE TYPE core.colour AS ENUM ('red')`, 'core.colour (type)'],
  ])('is refused rather than made without a %s, which it cannot write', async (_kind, change, named) => {
    await client.query(change);
    await expect(renderSchema(client)).rejects.toThrow(`The schema dump cannot write: ${named}`);
  });
});

describe('staging', () => {
  it('is unlogged, without keys and foreign keys; core and ops are logged', () => {
    const made = [...DUMP.matchAll(/^CREATE (UNLOGGED )?TABLE (\w+)\./gm)].map(([, unlogged, schema]) => ({
      schema,
      unlogged: unlogged !== undefined,
    }));
    expect(made.filter(({ schema, unlogged }) => (schema === 'staging') !== unlogged)).toEqual([]);
    // Nine sheets and the findings about single cells.
    expect(made.filter(({ schema }) => schema === 'staging')).toHaveLength(10);
    expect(DUMP).not.toMatch(/^ALTER TABLE staging\./m);
  });
});
