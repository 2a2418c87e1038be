import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const SQL = join(__dirname, '../../../src/prodplan/sql');
const ORDERS = 60_000;

/** The values of each statement in the forms the service sends; null is an absent filter. */
const CALLS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'page_orders.sql': [
    [51, null, null, null, null, null],
    [51, 1_700_000_000_000_000, '900', null, null, null],
    [51, null, null, '2023-01-01Z', '2023-02-01Z', null],
    [51, null, null, null, null, 17],
    [51, 1_700_000_000_000_000, '900', null, null, 17],
  ],
  'page_orders_of_phase.sql': [
    [51, null, null, null, null, null, 12],
    [51, 1_700_000_000_000_000, '900', null, null, 17, 12],
  ],
  'page_orders_with_prefix.sql': [
    [51, null, null, null, null, null, null, '1234', '1235'],
    [51, null, null, null, null, null, null, '1', '2'],
    [51, 1_700_000_000_000_000, '900', null, null, 17, 12, '12', '13'],
  ],
  'count_orders.sql': [
    [null, null, 17, null, null],
    [null, null, null, '1234', '1235'],
    ['2023-01-01Z', '2023-02-01Z', null, null, null],
  ],
  'count_orders_of_phase.sql': [
    [null, null, null, null, null, 12],
    ['2023-01-01Z', '2023-02-01Z', 17, '12', '13', 12],
  ],
  'read_orders.sql': [[['5', '6', '7']]],
  'find_order.sql': [['5', 1]],
  'read_order_phases.sql': [['5', '-infinity', 'infinity']],
  'read_route.sql': [['17']],
  'read_bottlenecks.sql': [[10]],
  'read_active_periods.sql': [[]],
};

/** The catalogues, a row a phase type, and the default partition, which is empty in a loaded database. */
const SMALL = [
  'modelos',
  'fases_catalogo',
  'fases_ordem_fabrico_default',
  'phase_now',
  'phase_bottleneck',
  'phase_active_period',
  'reading_state',
];

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

function* nodes(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* nodes(child);
}

describe('the statements of the module, on 60,000 orders', () => {
  let database: TestDatabase;
  let sql: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new Client({ connectionString: database.url });
    await sql.connect();
    await sql.query('INSERT INTO core.fases_catalogo (fase_id, fase_nome) SELECT n, n FROM generate_series(1, 60) n');
    await sql.query(
      `INSERT INTO core.ordens_fabrico (of_id, of_data_criacao, of_produto_id, of_fase_id)
       SELECT n, '2020-01-01Z'::timestamptz + n * interval '40 minutes', n % 900, n % 60 + 1
       FROM generate_series(1, ${ORDERS}) n`,
    );
    await sql.query(
      `INSERT INTO core.ordens_estado
         (of_id, of_data_criacao, fase_atual_id, is_closed, is_started, open_phases, last_event_at)
       SELECT of_id, of_data_criacao, of_fase_id, false, false, 0, of_data_criacao FROM core.ordens_fabrico`,
    );
    await sql.query(`SELECT core.ensure_fases_partition(m::date)
       FROM generate_series('2020-01-01'::timestamptz, '2021-12-01', interval '1 month') m`);
    await sql.query(
      `INSERT INTO core.fases_ordem_fabrico
         (faseof_id, faseof_of_id, faseof_fase_id, faseof_event_time, faseof_is_open, faseof_is_done)
       SELECT n * 5 + k, n, k + 1, '2020-01-01Z'::timestamptz + (n % 17000) * interval '1 hour', false, false
       FROM generate_series(1, 20000) n, generate_series(0, 4) k`,
    );
    await sql.query(
      `INSERT INTO analytics.phase_usual (fase_id, produto_id, executions, median_seconds)
       SELECT f, nullif(p, 0), 5, 60 FROM generate_series(1, 60) f, generate_series(0, 400) p`,
    );
    await sql.query('VACUUM ANALYZE analytics.phase_usual');
    for (const table of ['ordens_fabrico', 'ordens_estado', 'fases_ordem_fabrico', 'fases_catalogo']) {
      await sql.query(`VACUUM ANALYZE core.${table}`);
    }
  });
  afterAll(async () => {
    await sql.end();
    await database.drop();
  });

  it('are all listed here', () => {
    expect(Object.keys(CALLS).sort()).toEqual(readdirSync(SQL).sort());
  });

  it.each(Object.entries(CALLS).flatMap(([file, calls]) => calls.map((values) => [file, values] as const)))(
    'find orders and phases along an index: %s %j',
    async (file, values) => {
      const text = readFileSync(join(SQL, file), 'utf8');
      const { rows } = await sql.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`EXPLAIN (FORMAT JSON) ${text}`, [
        ...values,
      ]);
      const scanned = [...nodes(rows[0]['QUERY PLAN'][0].Plan)]
        .filter((node) => node['Node Type'] === 'Seq Scan')
        .map((node) => node['Relation Name'] ?? '')
        .filter((relation) => !SMALL.includes(relation));
      expect(scanned).toEqual([]);
    },
  );

  it.each([
    ['the first page', 'page_orders.sql', [51, null, null, null, null, null]],
    ['a page in the middle', 'page_orders.sql', [51, 1_650_000_000_000_000, '900', null, null, null]],
    ['the first page of a product', 'page_orders.sql', [51, null, null, null, null, 17]],
    ['the first page of a phase type', 'page_orders_of_phase.sql', [51, null, null, null, null, null, 12]],
  ])('reads of %s no more rows than it returns', async (_name, file, values) => {
    const text = readFileSync(join(SQL, file), 'utf8');
    const { rows } = await sql.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, BUFFERS OFF, TIMING OFF) ${text}`,
      values,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).not.toContain('Sort');
    expect(plan).not.toContain('Rows Removed by Filter');
  });
});
