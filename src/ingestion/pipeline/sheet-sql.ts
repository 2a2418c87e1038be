import { SHEETS, type ColumnDefinition, type Entity, type SheetDefinition } from '@libs/workbook';
import { sqlFile, withIdentifiers, type SqlStatement } from '../../database/sql-file';

/**
 * The statements of the load are the same for all nine sheets but for identifiers. Each stands once, in a .sql file
 * with `{{name}}` where an identifier goes; the identifiers come from the sheets' definitions in the code, never from
 * a workbook or a request, so nothing a user writes becomes SQL. Values are bound as everywhere.
 */
export function sheetStatement(
  file: string,
  entity: Entity,
  extra: Readonly<Record<string, string>> = {},
): SqlStatement {
  return fill(file, { ...identifiersOf(entity), ...extra });
}

/** A statement that is about no sheet, with its identifiers (from code) filled in. */
export function fill(file: string, identifiers: Readonly<Record<string, string>>): SqlStatement {
  return withIdentifiers(sqlFile(__dirname, `sql/${file}`), identifiers);
}

/** Columns of core that are computed, how, and from what; `row` is the staged row. */
interface Derived {
  readonly values: Readonly<Record<string, string>>;
  /** @param orders where the orders are read */
  joins(orders: string): string;
}

const DERIVED: Partial<Record<Entity, Derived>> = {
  fases_ordem_fabrico: {
    values: {
      faseof_event_time: 'coalesce(row.faseof_fim, row.faseof_inicio, row.faseof_data_prevista, ordem.of_data_criacao)',
      faseof_duration_seconds: 'extract(epoch FROM row.faseof_fim - row.faseof_inicio)::bigint',
      faseof_is_open: 'row.faseof_inicio IS NOT NULL AND row.faseof_fim IS NULL',
      faseof_is_done: 'row.faseof_fim IS NOT NULL',
    },
    joins: (orders) => `JOIN ${orders} AS ordem ON ordem.of_id = row.faseof_of_id`,
  },
  erros_ordem_fabrico: {
    values: { ofch_event_time: 'coalesce(fase.faseof_fim, fase.faseof_inicio, ordem.of_data_criacao)' },
    joins: (orders) => `JOIN ${orders} AS ordem ON ordem.of_id = row.ofch_of_id
LEFT JOIN staging.fases_ordem_fabrico_raw AS fase
  ON fase.faseof_id = row.ofch_faseof_avaliacao AND NOT fase.is_duplicate AND fase.reject_code IS NULL`,
  },
};

/** Statistics of half a million rows cost a second with all columns; nobody looks for a phase by its weight, or an error by its text. */
const ANALYZED: Partial<Record<Entity, string>> = {
  fases_ordem_fabrico:
    ' (faseof_id, faseof_of_id, faseof_fase_id, faseof_event_time, faseof_is_open, faseof_inicio, faseof_fim)',
  funcionarios_fase_ordem_fabrico: ' (funcionariofaseof_id, funcionario_id)',
  erros_ordem_fabrico: ' (ofch_id, ofch_of_id, ofch_faseof_avaliacao, ofch_faseof_culpada, ofch_event_time)',
};

/** References whose target must be kept for the row to be kept, in the order in which reasons are given. */
export interface Reference {
  readonly column: string;
  readonly referenced: Entity;
  readonly referencedColumn: string;
  readonly code: 'UNKNOWN_ORDER' | 'UNKNOWN_PHASE' | 'UNKNOWN_WORKER' | 'UNKNOWN_PRODUCT';
  readonly what: string;
}

const toOrder = (column: string): Reference => ({
  column,
  referenced: 'ordens_fabrico',
  referencedColumn: 'of_id',
  code: 'UNKNOWN_ORDER',
  what: 'order',
});
const toPhase = (column: string): Reference => ({
  column,
  referenced: 'fases_catalogo',
  referencedColumn: 'fase_id',
  code: 'UNKNOWN_PHASE',
  what: 'phase type',
});
const toWorker = (column: string): Reference => ({
  column,
  referenced: 'funcionarios',
  referencedColumn: 'funcionario_id',
  code: 'UNKNOWN_WORKER',
  what: 'worker',
});
const toProduct = (column: string): Reference => ({
  column,
  referenced: 'modelos',
  referencedColumn: 'produto_id',
  code: 'UNKNOWN_PRODUCT',
  what: 'product',
});

export const REFERENCES: Partial<Record<Entity, readonly Reference[]>> = {
  funcionarios_fases_aptos: [toWorker('funcionario_id'), toPhase('fase_id')],
  fases_standard_modelos: [toProduct('produto_id'), toPhase('fase_id')],
  fases_ordem_fabrico: [toOrder('faseof_of_id'), toPhase('faseof_fase_id')],
  funcionarios_fase_ordem_fabrico: [toWorker('funcionario_id')],
  erros_ordem_fabrico: [toOrder('ofch_of_id')],
};

/** The kept orders of staging. */
const KEPT_ORDERS = '(SELECT * FROM staging.ordens_fabrico_raw WHERE NOT is_duplicate AND reject_code IS NULL)';

/**
 * A statement that reads core, reading in its place what staging will make of it: the kept rows, with the columns that
 * are computed. Only what the workbook's sheets become is found there.
 *
 * @throws Error naming a table of core that is not made of a sheet
 */
export function readingStaging({ name, text }: SqlStatement): SqlStatement {
  return { name, text: withoutComments(text).replace(/\bcore\.(\w+)/g, (_, table: string) => keptRows(name, table)) };
}

/** In a line of comment a table would not become what is read in its place. */
function withoutComments(text: string): string {
  return text.replace(/^\s*--.*\n/gm, '');
}

function keptRows(statement: string, table: string): string {
  const known = SHEETS.find(({ entity }) => entity === table);
  if (!known) throw new Error(`${statement}.sql reads core.${table}, which is not in staging`);
  return `(${withoutComments(sheetStatement('read_kept.sql', known.entity).text)})`;
}

/** As merge_insert.sql of an entity fills core, but into a table of staging, and reading staging alone. */
export function fillBuild(entity: Entity): SqlStatement {
  const { staged_joins } = identifiersOf(entity);
  return sheetStatement('merge_insert.sql', entity, {
    target: `staging.${entity}_build`,
    derived_joins: staged_joins,
  });
}

const cache = new Map<Entity, Record<string, string>>();

function identifiersOf(entity: Entity): Record<string, string> {
  let known = cache.get(entity);
  if (!known) {
    const definition = SHEETS.find((sheet) => sheet.entity === entity) as SheetDefinition;
    known = buildIdentifiers(definition);
    cache.set(entity, known);
  }
  return known;
}

function buildIdentifiers(definition: SheetDefinition): Record<string, string> {
  const { entity } = definition;
  // Without a natural key the fingerprint of all columns is the key; it is stored as ofch_id.
  const key = definition.key.length > 0 ? definition.key : ['ofch_id'];
  const columns = definition.columns.map((column) => column.column);
  const stored = [...new Set([...key, ...columns])];
  const references = (REFERENCES[entity] ?? []).map(({ column }) => column);
  const derived = DERIVED[entity];
  const derivedNames = Object.keys(derived?.values ?? {});
  const derivedValues = Object.values(derived?.values ?? {});
  const match = (left: string, right: string): string =>
    key.map((column) => `${left}.${column} = ${right}.${column}`).join(' AND ');
  const list = (prefix: string, names: readonly string[]): string =>
    names.map((name) => `${prefix}.${name}`).join(', ');
  const written = stored.filter((column) => !key.includes(column)).map((column) => `${column} = row.${column}`);
  return {
    core: entity,
    target: `core.${entity}`,
    raw: `${entity}_raw`,
    changes: `changes_${entity}`,
    key: key.join(', '),
    first_key: key[0],
    key_known: key.map((column) => `${column} IS NOT NULL`).join(' AND '),
    first_match: match('row', 'first'),
    stored_match: match('stored', 'row'),
    present_match: match('row', 'stored'),
    row_key: `concat_ws('/', ${list('row', key)})`,
    row_content: list('row', [...columns, 'raw']),
    first_content: list('first', [...columns, 'raw']),
    columns: stored.join(', '),
    row_values: list('row', stored),
    stored_values: list('stored', stored),
    derived_columns: derivedNames.map((name) => `, ${name}`).join(''),
    derived_values: derivedValues.map((value) => `, ${value}`).join(''),
    derived_joins: derived?.joins('core.ordens_fabrico') ?? '',
    staged_joins: derived?.joins(KEPT_ORDERS) ?? '',
    named_values: derivedNames.map((name, i) => `, ${derivedValues[i]} AS ${name}`).join(''),
    changed_join: '',
    analyzed: ANALYZED[entity] ?? '',
    analyzed_raw: [...new Set([...key, ...references, 'is_duplicate', 'reject_code'])].join(', '),
    assignments: [...written, ...derivedNames.map((name, i) => `${name} = ${derivedValues[i]}`)].join(', '),
    raw_object: `jsonb_build_object(${definition.columns.map(rawField).join(', ')})`,
  };
}

function rawField(column: ColumnDefinition): string {
  const value =
    column.type === 'date'
      ? `to_char(row.${column.column} AT TIME ZONE $4, 'YYYY-MM-DD"T"HH24:MI:SS')`
      : `row.${column.column}`;
  return `'${column.header}', ${value}`;
}
