/** What a schema consists of, read from PostgreSQL's catalogs. Every text is SQL as the server itself writes it. */
export interface SchemaCatalog {
  tables: TableRow[];
  columns: ColumnRow[];
  constraints: ConstraintRow[];
  indexes: { name: string; definition: string }[];
  functions: { name: string; definition: string }[];
  /** Materialized views, in the order of their names: none may read another. */
  views: { name: string; definition: string }[];
  /** Kinds of objects that the dump cannot write; empty, or the dump refuses. */
  unknown: string[];
}

export interface TableRow {
  name: string;
  unlogged: boolean;
  /** `RANGE (faseof_event_time)`, null for a table without partitions. */
  partition_key: string | null;
  parent: string | null;
  /** `FOR VALUES …` or `DEFAULT` of a partition. */
  bound: string | null;
}

export interface ColumnRow {
  table: string;
  name: string;
  type: string;
  not_null: boolean;
  identity: '' | 'a' | 'd';
  generated: boolean;
  default: string | null;
}

export interface ConstraintRow {
  table: string;
  name: string;
  kind: 'p' | 'u' | 'c' | 'f' | 'x';
  definition: string;
}

/** A connection of node-postgres, as far as it is needed here. */
export interface Queryable {
  query(sql: string, values: unknown[]): Promise<{ rows: unknown[] }>;
}

/**
 * Partitions by RANGE (the months) come and go with the data and are no part of the schema; the default partition, which
 * catches what has no month, is. A partition's own columns, keys and indexes are its parent's.
 */
const TABLES = `
  SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, c.relpersistence = 'u' AS unlogged,
    pg_get_partkeydef(c.oid) AS partition_key, i.inhparent::regclass::text AS parent,
    pg_get_expr(c.relpartbound, c.oid) AS bound, c.relispartition
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
  LEFT JOIN pg_partitioned_table p ON p.partrelid = i.inhparent
  WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p')
    AND NOT (c.relispartition AND p.partstrat = 'r' AND pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT')`;

const COLUMNS = `
  SELECT t.name AS table, quote_ident(a.attname) AS name, format_type(a.atttypid, a.atttypmod) AS type,
    a.attnotnull AS not_null, a.attidentity AS identity, a.attgenerated <> '' AS generated,
    pg_get_expr(d.adbin, d.adrelid) AS default
  FROM (${TABLES}) t
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE NOT t.relispartition
  ORDER BY t.name, a.attnum`;

// PostgreSQL 18 keeps NOT NULL as a constraint too (contype n); the columns already say it.
const CONSTRAINTS = `
  SELECT t.name AS table, quote_ident(k.conname) AS name, k.contype AS kind,
    pg_get_constraintdef(k.oid) AS definition
  FROM (${TABLES}) t
  JOIN pg_constraint k ON k.conrelid = t.oid
  WHERE k.contype IN ('p', 'u', 'c', 'f', 'x') AND k.conparentid = 0 AND k.coninhcount = 0
  ORDER BY t.name, array_position('{p,u,x,c,f}', k.contype::text), k.conname`;

const VIEWS = `
  SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, pg_get_viewdef(c.oid) AS definition
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1) AND c.relkind = 'm'`;

const INDEXES = `
  SELECT x.indexrelid::regclass::text AS name, pg_get_indexdef(x.indexrelid) AS definition
  FROM (SELECT oid, name FROM (${TABLES}) tables UNION ALL SELECT oid, name FROM (${VIEWS}) views) t
  JOIN pg_index x ON x.indrelid = t.oid
  WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
    AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = x.indexrelid)
  ORDER BY t.name, 1`;

const FUNCTIONS = `
  SELECT p.oid::regprocedure::text AS name, pg_get_functiondef(p.oid) AS definition
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = ANY ($1)
  ORDER BY 1`;

// An identity column's sequence, the tables' row types and their arrays come with what is written.
const UNKNOWN = `
  SELECT format('%s (relation of kind %s)', c.oid::regclass, c.relkind) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1) AND c.relkind NOT IN ('r', 'p', 'i', 'I', 'm')
    AND NOT (c.relkind = 'S' AND EXISTS (
      SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'))
  UNION ALL
  SELECT format('%s (trigger on %s)', g.tgname, g.tgrelid::regclass)
  FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1) AND NOT g.tgisinternal
  UNION ALL
  SELECT format('%s (type)', format_type(y.oid, NULL))
  FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace
  WHERE n.nspname = ANY ($1) AND y.typrelid = 0 AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = y.oid)
  ORDER BY 1`;

/** Reads the schemas named; run it with an empty search_path, so that every name is written in full. */
export async function readCatalog(client: Queryable, schemas: readonly string[]): Promise<SchemaCatalog> {
  const read = async <Row>(sql: string): Promise<Row[]> => (await client.query(sql, [schemas])).rows as Row[];
  return {
    tables: await read<TableRow>(
      `SELECT name, unlogged, partition_key, parent, bound FROM (${TABLES}) t ORDER BY name`,
    ),
    columns: await read<ColumnRow>(COLUMNS),
    constraints: await read<ConstraintRow>(CONSTRAINTS),
    indexes: await read<{ name: string; definition: string }>(INDEXES),
    views: await read<{ name: string; definition: string }>(VIEWS),
    functions: await read<{ name: string; definition: string }>(FUNCTIONS),
    unknown: (await read<{ name: string }>(UNKNOWN)).map((row) => row.name),
  };
}
