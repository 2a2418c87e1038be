import { SHEETS } from '@libs/workbook';
import { loadSample, type SampleLoad } from '../../support/sample-load';

/** The specification's test_integrity: what must hold of core after any load, here of one with every kind of fault. */
describe('the integrity of core after a load', () => {
  let load: SampleLoad;
  beforeAll(async () => {
    load = await loadSample();
  });
  afterAll(() => load.app.close());

  const rows = async <Row extends object>(sql: string): Promise<Row[]> => (await load.app.sql.query<Row>(sql)).rows;
  const count = async (sql: string): Promise<number> =>
    (await rows<{ count: number }>(`SELECT count(*)::int AS count FROM (${sql}) AS counted`))[0].count;

  it('is worth checking: rows were kept in every sheet and quarantined for many reasons', async () => {
    for (const { entity } of SHEETS) expect(await count(`SELECT FROM core.${entity}`)).toBeGreaterThan(0);
    expect(new Set(load.report.rejects.map((reject) => reject.reason_code))).toEqual(
      new Set([
        'ERROR_CELL',
        'INVALID_SEVERITY',
        'INVALID_TIME_RANGE',
        'INVALID_VALUE',
        'NULL_KEY',
        'UNKNOWN_ORDER',
        'UNKNOWN_WORKER',
      ]),
    );
  });

  it('has no reference without its row, and no foreign key that PostgreSQL has not validated', async () => {
    const keys = await rows<{ table: string; column: string; target: string; key: string; validated: boolean }>(`
      SELECT k.conrelid::regclass::text AS table, a.attname AS column, k.confrelid::regclass::text AS target,
        f.attname AS key, k.convalidated AS validated
      FROM pg_constraint k
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
      JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[1]
      WHERE k.contype = 'f' AND k.connamespace = 'core'::regnamespace AND k.conparentid = 0`);
    // Two of the phases, two of the routes, two of the aptitudes, one each of assignments, errors and order states.
    expect(keys).toHaveLength(9);
    for (const { table, column, target, key, validated } of keys) {
      const orphans = await count(`
        SELECT FROM ${table} AS child WHERE ${column} IS NOT NULL
          AND NOT EXISTS (SELECT FROM ${target} AS parent WHERE parent.${key} = child.${column})`);
      expect({ table, column, orphans, validated }).toEqual({ table, column, orphans: 0, validated: true });
    }
    expect(await rows(`SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated`)).toEqual([]);
  });

  it('reports every reference that has no foreign key and no row', async () => {
    const reported = (sheet: string, code: string): number =>
      load.report.issues.find((issue) => issue.sheet === sheet && issue.code === code)?.count ?? 0;
    expect(reported('OrdensFabrico', 'ORPHAN_PRODUCT')).toBe(
      await count(`
        SELECT FROM core.ordens_fabrico AS ordem WHERE of_produto_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM core.modelos AS modelo WHERE modelo.produto_id = ordem.of_produto_id)`),
    );
    expect(reported('FuncionariosFaseOrdemFabrico', 'ORPHAN_PHASE')).toBe(
      await count(`
        SELECT FROM core.funcionarios_fase_ordem_fabrico AS assigned WHERE NOT EXISTS (
          SELECT FROM core.fases_ordem_fabrico AS fase WHERE fase.faseof_id = assigned.funcionariofaseof_id)`),
    );
    expect(reported('OrdensFabrico', 'ORPHAN_PRODUCT')).toBeGreaterThan(0);
    expect(reported('FuncionariosFaseOrdemFabrico', 'ORPHAN_PHASE')).toBeGreaterThan(0);
  });

  it.each(SHEETS.map(({ entity, key }) => [entity, key.length > 0 ? key.join(', ') : 'ofch_id']))(
    'has one row of %s for each natural key (%s)',
    async (entity, key) => {
      expect(await rows(`SELECT ${key} FROM core.${entity} GROUP BY ${key} HAVING count(*) > 1`)).toEqual([]);
    },
  );

  it('has no phase that ends before it starts on the clock of the factory', async () => {
    expect(
      await rows(`
        SELECT faseof_id FROM core.fases_ordem_fabrico
        WHERE faseof_fim AT TIME ZONE 'Europe/Lisbon' < faseof_inicio AT TIME ZONE 'Europe/Lisbon'`),
    ).toEqual([]);
  });

  it('has severities 1, 2 and 3 only', async () => {
    expect(await rows('SELECT DISTINCT ofch_gravidade AS g FROM core.erros_ordem_fabrico ORDER BY 1')).toEqual([
      { g: 1 },
      { g: 2 },
      { g: 3 },
    ]);
  });

  it('has no sentinel and no future date', async () => {
    // The load's clock stands at 2025-12-12; what the factory recorded can be a day ahead of it at most.
    expect(
      await rows(`
        SELECT faseof_id FROM core.fases_ordem_fabrico
        WHERE least(faseof_inicio, faseof_fim, faseof_data_prevista) < '1950-01-01'
          OR greatest(faseof_inicio, faseof_fim) > '2025-12-13'`),
    ).toEqual([]);
  });

  it('derives time, duration and state of every phase from its dates', async () => {
    expect(
      await rows(`
        SELECT fase.faseof_id FROM core.fases_ordem_fabrico AS fase
        JOIN core.ordens_fabrico AS ordem ON ordem.of_id = fase.faseof_of_id
        WHERE faseof_event_time
            <> coalesce(faseof_fim, faseof_inicio, faseof_data_prevista, ordem.of_data_criacao)
          OR faseof_duration_seconds IS DISTINCT FROM extract(epoch FROM faseof_fim - faseof_inicio)::bigint
          OR faseof_is_open <> (faseof_inicio IS NOT NULL AND faseof_fim IS NULL)
          OR faseof_is_done <> (faseof_fim IS NOT NULL)`),
    ).toEqual([]);
  });

  it('keeps every phase in the partition of its month, none in the default one', async () => {
    expect(
      await rows(`
        SELECT DISTINCT tableoid::regclass::text AS part FROM core.fases_ordem_fabrico
        WHERE tableoid::regclass::text <> 'core.' || core.fases_partition_name(
          (faseof_event_time AT TIME ZONE 'UTC')::date)`),
    ).toEqual([]);
  });

  it('keeps one state for every order, which says of its phases what they say', async () => {
    expect(
      await rows(`
        SELECT ordem.of_id FROM core.ordens_fabrico AS ordem
        LEFT JOIN core.ordens_estado AS estado USING (of_id)
        CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE faseof_is_open) AS open, bool_or(faseof_inicio IS NOT NULL) AS started
          FROM core.fases_ordem_fabrico WHERE faseof_of_id = ordem.of_id
        ) AS fases
        WHERE estado.of_id IS NULL OR estado.of_data_criacao <> ordem.of_data_criacao
          OR estado.open_phases <> fases.open OR estado.is_started <> coalesce(fases.started, false)`),
    ).toEqual([]);
  });

  it('holds no row that was quarantined, and a reject for each that was', async () => {
    const quarantined = load.report.sheets.reduce((sum, sheet) => sum + sheet.quarantined, 0);
    expect(await count('SELECT FROM ops.rejects')).toBe(quarantined);
    expect(
      await rows(`
        SELECT faseof_id FROM core.fases_ordem_fabrico
        JOIN ops.fases_ordem_fabrico_rejects ON raw_row->>'FaseOf_Id' = faseof_id::text
        WHERE reason_code NOT IN ('NULL_KEY', 'INVALID_KEY')`),
    ).toEqual([]);
  });
});
