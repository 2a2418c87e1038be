import { loadSample, type SampleLoad } from '../../support/sample-load';

interface PlanNode {
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

function* nodes(plan: PlanNode): Generator<PlanNode> {
  yield plan;
  for (const child of plan.Plans ?? []) yield* nodes(child);
}

/** The specification's indexes, partition by partition, and the pruning that partitions are for. */
describe('the access paths of core', () => {
  let load: SampleLoad;
  beforeAll(async () => {
    load = await loadSample({});
  });
  afterAll(() => load.app.close());

  async function scanned(sql: string, values: unknown[] = []): Promise<string[]> {
    const { rows } = await load.app.sql.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (FORMAT JSON) ${sql}`,
      values,
    );
    const relations = [...nodes(rows[0]['QUERY PLAN'][0].Plan)].map((node) => node['Relation Name']);
    return [...new Set(relations.filter((name) => name !== undefined))].sort();
  }

  it.each([
    'idx_of_produto_data',
    'idx_of_fase',
    'idx_of_datas',
    'idx_of_transporte',
    'idx_faseof_ofid_event',
    'idx_faseof_faseid_event',
    'idx_faseof_open_by_fase',
  ])('have the specification’s %s, valid', async (name) => {
    const { rows } = await load.app.sql.query(
      `SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass('core.' || $1)`,
      [name],
    );
    expect(rows).toEqual([{ valid: true }]);
  });

  it('have every index and key of the phases in every month, also in those that were built aside', async () => {
    const { rows } = await load.app.sql.query<{ part: string; indexes: number }>(`
      SELECT part.inhrelid::regclass::text AS part, (
        SELECT count(*)::int FROM pg_index x JOIN pg_inherits i ON i.inhrelid = x.indexrelid
        WHERE x.indrelid = part.inhrelid AND x.indisvalid AND i.inhparent IN (
          SELECT indexrelid FROM pg_index WHERE indrelid = 'core.fases_ordem_fabrico'::regclass)
      ) AS indexes
      FROM pg_inherits part WHERE part.inhparent = 'core.fases_ordem_fabrico'::regclass`);
    expect(rows.length).toBeGreaterThan(12);
    // The primary key and the three of the specification.
    expect(rows.filter(({ indexes }) => indexes !== 4)).toEqual([]);
  });

  it('read one month of phases for a window of that month, also when its bounds are parameters', async () => {
    const month = 'SELECT count(*) FROM core.fases_ordem_fabrico WHERE faseof_event_time >= ';
    expect(await scanned(`${month} '2025-02-01Z' AND faseof_event_time < '2025-03-01Z'`)).toEqual([
      'fases_ordem_fabrico_y2025m02',
    ]);
    expect(
      await scanned(`${month} $1 AND faseof_event_time < $2`, ['2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z']),
    ).toEqual(['fases_ordem_fabrico_y2025m02']);
  });

  it('read two months for a factory month in summer, whose first hour is the last of the month before in UTC', async () => {
    expect(
      await scanned(
        `SELECT count(*) FROM core.fases_ordem_fabrico
         WHERE faseof_event_time >= '2025-07-01 00:00+01' AND faseof_event_time < '2025-08-01 00:00+01'`,
      ),
    ).toEqual(['fases_ordem_fabrico_y2025m06', 'fases_ordem_fabrico_y2025m07']);
  });

  it.each([
    ['the errors of an order', 'erros_ordem_fabrico', 'ofch_of_id'],
    ['the workers of a phase', 'funcionarios_fase_ordem_fabrico', 'funcionariofaseof_id'],
  ])('read one of 32 partitions for %s', async (_what, table, column) => {
    const one = await scanned(`SELECT * FROM core.${table} WHERE ${column} = 12345`);
    expect(one).toHaveLength(1);
    expect(await scanned(`SELECT count(*) FROM core.${table}`)).toHaveLength(32);
  });
});
