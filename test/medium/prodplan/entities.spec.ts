import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/database/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const FOLDER = join(__dirname, '../../../src/database/entities');

describe('the entities of the core tables', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    const entities = readdirSync(FOLDER).map((file) => join(FOLDER, file));
    dataSource = new DataSource({ ...dataSourceOptions(database.url, 2), entities });
    await dataSource.initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('have the columns, types, nullability and primary keys of the migrated tables, for every core table', async () => {
    const rows = await dataSource.query<{ relname: string; columns: string }[]>(
      `SELECT c.relname, string_agg(format('%s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          CASE WHEN a.attnotnull THEN ' not null' ELSE '' END, CASE WHEN i.indrelid IS NOT NULL THEN ' key' ELSE '' END),
          ', ' ORDER BY a.attname) AS columns
       FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)
       WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND c.relname NOT LIKE '%\\_history'
       GROUP BY c.relname`,
    );
    const tables = Object.fromEntries(rows.map((row) => [row.relname, row.columns]));
    const names: Readonly<Record<string, string>> = { timestamptz: 'timestamp with time zone' };
    const entities = Object.fromEntries(
      dataSource.entityMetadatas.map((entity) => [
        entity.tableName,
        entity.columns
          .map((column) => {
            const type = names[column.type as string] ?? String(column.type);
            return `${column.databaseName} ${type}${column.isNullable ? '' : ' not null'}${column.isPrimary ? ' key' : ''}`;
          })
          .sort((a, b) => (a.split(' ')[0] < b.split(' ')[0] ? -1 : 1))
          .join(', '),
      ]),
    );
    expect(entities).toEqual(tables);
  });

  it('read ids as numbers, not as the text a driver gives for bigint', async () => {
    await dataSource.query(`INSERT INTO core.modelos (produto_id, produto_nome) VALUES (22148, 'K1')`);
    const [row] = await dataSource.getRepository('Modelo').find();
    expect(row).toMatchObject({ produto_id: 22148 });
  });
});
