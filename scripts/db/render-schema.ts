import { readCatalog, type ColumnRow, type Queryable, type SchemaCatalog, type TableRow } from './schema-catalog';

/** The product's own schemas; `public` holds the record of migrations, `bullmq` is BullMQ's. */
export const SCHEMAS: readonly string[] = ['analytics', 'core', 'ops', 'staging'];

const HEAD = `-- The schema as the migrations leave it, read from the catalogs. Written by: npm run schema:dump
-- Monthly partitions are left out: they come with the data. The one row of ops.ops_cache_version is left out: data.
`;

/**
 * The schema as SQL that makes it again on an empty database.
 *
 * Tables come without keys, then keys and checks, views, indexes, foreign keys and partitions: no statement needs a later one.
 * The same text comes from PostgreSQL 15 to 18, whatever the session's search path, so that a difference is a change.
 *
 * @throws Error naming an object of a kind that it cannot write, rather than leaving it out
 */
export async function renderSchema(client: Queryable): Promise<string> {
  const { rows } = await client.query(`SELECT current_setting('search_path') AS path`, []);
  await client.query(`SELECT set_config('search_path', '', false)`, []);
  try {
    return render(await readCatalog(client, SCHEMAS));
  } finally {
    await client.query(`SELECT set_config('search_path', $1, false)`, [(rows[0] as { path: string }).path]);
  }
}

function render(catalog: SchemaCatalog): string {
  if (catalog.unknown.length > 0) throw new Error(`The schema dump cannot write: ${catalog.unknown.join(', ')}`);
  // A server's collation may sort `_` as it likes; the text must not depend on it.
  const byName = <T extends { name: string }>(items: readonly T[]): T[] =>
    [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const tables = byName(catalog.tables);
  const constraints = tables.flatMap((table) => catalog.constraints.filter((row) => row.table === table.name));
  const addConstraint = ({ table, name, definition }: SchemaCatalog['constraints'][number]): string =>
    `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition};`;
  const sections: Record<string, string[]> = {
    Schemas: SCHEMAS.map((name) => `CREATE SCHEMA ${name};`),
    Tables: tables
      .filter((table) => table.parent === null)
      .map((table) =>
        createTable(
          table,
          catalog.columns.filter((column) => column.table === table.name),
        ),
      ),
    'Keys and checks': constraints.filter((row) => row.kind !== 'f').map(addConstraint),
    'Materialized views': byName(catalog.views).map(
      (view) => `CREATE MATERIALIZED VIEW ${view.name} AS\n${view.definition}`,
    ),
    Indexes: byName(catalog.indexes).map((index) => `${index.definition};`),
    'Foreign keys': constraints.filter((row) => row.kind === 'f').map(addConstraint),
    Partitions: tables
      .filter((table) => table.parent !== null)
      .map((table) => `CREATE TABLE ${table.name} PARTITION OF ${table.parent} ${table.bound};`),
    Functions: byName(catalog.functions).map((one) => `${one.definition.trimEnd()};`),
  };
  const text = Object.entries(sections).map(([title, statements]) => {
    const apart = ['Tables', 'Materialized views', 'Functions'].includes(title) ? '\n\n' : '\n';
    return `\n-- ${title}\n\n${statements.join(apart)}\n`;
  });
  return HEAD + text.join('');
}

function createTable(table: TableRow, columns: readonly ColumnRow[]): string {
  const kind = table.unlogged ? 'UNLOGGED TABLE' : 'TABLE';
  const partitioned = table.partition_key === null ? '' : ` PARTITION BY ${table.partition_key}`;
  return `CREATE ${kind} ${table.name} (\n${columns.map((column) => `  ${describeColumn(column)}`).join(',\n')}\n)${partitioned};`;
}

function describeColumn(column: ColumnRow): string {
  const words = [column.name, column.type];
  if (column.identity !== '') words.push(`GENERATED ${column.identity === 'a' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`);
  if (column.generated) words.push(`GENERATED ALWAYS AS (${column.default}) STORED`);
  else if (column.default !== null) words.push(`DEFAULT ${column.default}`);
  if (column.not_null) words.push('NOT NULL');
  return words.join(' ');
}
