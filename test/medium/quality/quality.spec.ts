import type {
  QualityByPhaseDto,
  QualityByProductDto,
  QualityOverviewDto,
  QualityRiskDto,
} from '../../../src/quality/dto/quality.dto';
import { failure, order, phase, smallFactoryWith, type FactorySheets } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { get } from '../prodplan/seed';

/**
 * The small factory with five orders (1 and 4 of product 100, 2 and 5 of 101, 3 of 999, which is in no catalogue) and
 * five errors, all evaluated in type 2 (Cura):
 *
 * | error        | order | severity | time                                  | culprit                       |
 * | ------------ | ----- | -------- | ------------------------------------- | ----------------------------- |
 * | Bolhas       | 1     | 3        | 2025-01-04 08:00, end of phase 12     | phase 11, type 1              |
 * | Bolhas       | 1     | 1        | the same                              | phase 11, type 1              |
 * | Molde baço   | 2     | 1        | 2025-02-27 14:00, start of phase 22   | none                          |
 * | Riscos       | 3     | 1        | 2025-02-10 09:30, creation of order 3 | a phase that does not exist   |
 * | Molde baço   | 4     | 2        | 2025-04-20 08:00, creation of order 4 | phase 22 of order 2, type 2   |
 */
function factory(): FactorySheets {
  const OrdensFabrico = [order(4, '2025-04-20T08:00:00', 100, 1, {}), order(5, '2025-02-04T08:00:00', 101, 1, {})];
  return {
    ...smallFactoryWith({ OrdensFabrico }),
    OrdemFabricoErros: [
      failure('Bolhas', 1, 3, 12, 11),
      failure('Bolhas', 1, 1, 12, 11),
      failure('Molde baço', 2, 1, 22, 'NULL'),
      failure('Riscos', 3, 1, 31, 12345),
      failure('Molde baço', 4, 2, 'NULL', 22),
    ],
  };
}

let product: IngestionApp;
const ask = async <T>(path: string) => {
  const { status, body } = await get<T>(`${product.url}/api/quality/${path}`);
  expect(status).toBe(200);
  return body;
};

describe('quality of a loaded workbook', () => {
  beforeAll(async () => {
    product = await startIngestionApp();
    await product.load(factory());
  });
  afterAll(() => product.close());

  it('counts the errors by severity, by cause, by pair, by month and by description', async () => {
    expect(await ask<QualityOverviewDto>('overview')).toEqual({
      total_erros: 5,
      total_errors: 5,
      erros_por_gravidade: { '1': 3, '2': 1, '3': 1 },
      // Laminagem: severities 3 and 1; not attributed: 1 and 1; Cura: 2. All five were found in Cura.
      erros_por_fase: [
        {
          fase_id: 1,
          fase_nome: 'Laminagem',
          total_erros: 2,
          found: 0,
          gravidade_avg: 2,
          erros_por_gravidade: { '1': 1, '2': 0, '3': 1 },
        },
        {
          fase_id: null,
          fase_nome: null,
          total_erros: 2,
          found: 0,
          gravidade_avg: 1,
          erros_por_gravidade: { '1': 2, '2': 0, '3': 0 },
        },
        {
          fase_id: 2,
          fase_nome: 'Cura',
          total_erros: 1,
          found: 5,
          gravidade_avg: 2,
          erros_por_gravidade: { '1': 0, '2': 1, '3': 0 },
        },
      ],
      heatmap: [
        {
          fase_avaliacao: 'Cura',
          fase_culpada: 'Laminagem',
          count: 2,
          gravidade_avg: 2,
          fase_avaliacao_id: 2,
          fase_culpada_id: 1,
          error_count: 2,
        },
        {
          fase_avaliacao: 'Cura',
          fase_culpada: null,
          count: 2,
          gravidade_avg: 1,
          fase_avaliacao_id: 2,
          error_count: 2,
        },
        {
          fase_avaliacao: 'Cura',
          fase_culpada: 'Cura',
          count: 1,
          gravidade_avg: 2,
          fase_avaliacao_id: 2,
          fase_culpada_id: 2,
          error_count: 1,
        },
      ],
      trend: [
        { month: '2025-01', total_erros: 2, erros_por_gravidade: { '1': 1, '2': 0, '3': 1 } },
        { month: '2025-02', total_erros: 2, erros_por_gravidade: { '1': 2, '2': 0, '3': 0 } },
        { month: '2025-03', total_erros: 0, erros_por_gravidade: { '1': 0, '2': 0, '3': 0 } },
        { month: '2025-04', total_erros: 1, erros_por_gravidade: { '1': 0, '2': 1, '3': 0 } },
      ],
      top_descriptions: [
        { descricao: 'Bolhas', count: 2, share: 0.4, gravidade_avg: 2 },
        { descricao: 'Molde baço', count: 2, share: 0.4, gravidade_avg: 1.5 },
        { descricao: 'Riscos', count: 1, share: 0.2, gravidade_avg: 1 },
      ],
      as_of: '2025-04-20T08:00:00+01:00',
      generated_at: '2025-12-12T00:00:00+00:00',
    });
  });

  it.each([
    // From the very minute of the two of January to the one of the start of phase 22, which is outside: half open.
    ['from=2025-01-04T08:00&to=2025-02-27T14:00', 3],
    ['from=2025-01-04T08:01', 3],
    ['to=2025-01-04', 0],
    // Summer time begins between: 08:00 in the factory is 07:00Z on April 20.
    ['from=2025-04-20T07:00:00Z&to=2025-04-20T08:01', 1],
    ['from=2025-04-20T08:00:00Z', 0],
    ['fase_culpada_id=1', 2],
    ['fase_avaliacao_id=2', 5],
    ['fase_avaliacao_id=1', 0],
    ['produto_id=100', 3],
    ['modelo_id=100&fase_culpada_id=2', 1],
    ['modelo_id=31337', 0],
    ['fase_culpada_id=31337', 0],
  ])('counts with %s %i errors, in every part of the answer', async (query, errors) => {
    const overview = await ask<QualityOverviewDto>(`overview?${query}`);
    const sum = (rows: readonly number[]) => rows.reduce((total, value) => total + value, 0);
    expect({
      total: overview.total_erros,
      severities: sum(Object.values(overview.erros_por_gravidade)),
      heatmap: sum(overview.heatmap.map((cell) => cell.count)),
      trend: sum(overview.trend.map((month) => month.total_erros)),
      descriptions: sum(overview.top_descriptions.map((one) => one.count)),
      phases: sum((await ask<QualityByPhaseDto>(`by-phase?${query}`)).phases.map((row) => row.total_erros)),
    }).toEqual({
      total: errors,
      severities: errors,
      heatmap: errors,
      trend: errors,
      descriptions: errors,
      phases: errors,
    });
  });

  it('has the error rate of a product beside its errors per order, orders without an error among them', async () => {
    const body = await ask<QualityByProductDto>('by-product');
    expect(body).toMatchObject({ total: 3, total_orders: 5, total_orders_with_errors: 4, total_erros: 5 });
    expect(body.products).toEqual([
      // Orders 1 (two errors) and 4 (one): severities 3, 1, 2.
      {
        produto_id: 100,
        produto_nome: 'K1 Vento L',
        in_catalogue: true,
        orders: 2,
        orders_with_errors: 2,
        erro_rate_produto: 1,
        total_erros: 3,
        errors_per_order: 1.5,
        gravidade_avg: 2,
      },
      // Order 2 has one, order 5 none.
      {
        produto_id: 101,
        produto_nome: 'K2 Onda',
        in_catalogue: true,
        orders: 2,
        orders_with_errors: 1,
        erro_rate_produto: 0.5,
        total_erros: 1,
        errors_per_order: 0.5,
        gravidade_avg: 1,
      },
      {
        produto_id: 999,
        produto_nome: null,
        in_catalogue: false,
        orders: 1,
        orders_with_errors: 1,
        erro_rate_produto: 1,
        total_erros: 1,
        errors_per_order: 1,
        gravidade_avg: 1,
      },
    ]);
  });

  it('rates of a window are those of the orders created in it', async () => {
    // February: orders 2 and 5 of product 101, order 3 of 999.
    const body = await ask<QualityByProductDto>('by-product?from=2025-02-01&to=2025-03-01');
    expect(body.products.map((row) => [row.produto_id, row.orders, row.orders_with_errors])).toEqual([
      [101, 2, 1],
      [999, 1, 1],
    ]);
    // On 4 February order 5 alone, which has no error.
    expect(await ask<QualityByProductDto>('by-product?from=2025-02-04&to=2025-02-05')).toMatchObject({
      products: [{ produto_id: 101, orders: 1, orders_with_errors: 0, erro_rate_produto: 0, total_erros: 0 }],
      total_orders: 1,
    });
  });

  it('counts all products and their orders where few rows are wanted, of a window too', async () => {
    expect(await ask<QualityByProductDto>('by-product?limit=1')).toMatchObject({
      products: [{ produto_id: 100 }],
      total: 3,
      total_orders: 5,
    });
    // Of products 101 and 999 with an error each the lower id comes first; orders 2, 5 and 3.
    const body = await ask<QualityByProductDto>('by-product?from=2025-02-01&to=2025-03-01&limit=1');
    expect(body).toMatchObject({ total: 2, total_orders: 3, total_orders_with_errors: 2, total_erros: 2 });
    expect(body.products.map(({ produto_id }) => produto_id)).toEqual([101]);
  });

  it('shrinks the risk of a product with few orders towards that of all', async () => {
    // Types 1 and 2 each caused an error in one order of five: r = 0.2. Product 100 has n = 2 orders, k = 1 for either
    // type: (1 + 20 x 0.2) / (2 + 20) = 5/22.
    const { risks, total } = await ask<QualityRiskDto>('risk');
    expect(total).toBe(2);
    expect(risks).toEqual([
      {
        produto_id: 100,
        fase_id: 1,
        risk_score: expect.closeTo(5 / 22, 12),
        historical_rate: 0.5,
        modelo_id: 100,
        modelo_nome: 'K1 Vento L',
        produto_nome: 'K1 Vento L',
        fase_nome: 'Laminagem',
        fase_culpada_id: 1,
        fase_culpada: 'Laminagem',
        orders: 2,
        orders_with_errors: 1,
        error_count: 2,
        gravidade_avg: 2,
        risk_level: 'MEDIUM',
      },
      expect.objectContaining({ produto_id: 100, fase_id: 2, error_count: 1, risk_level: 'MEDIUM' }),
    ]);
  });

  it('computes the risk of a window from its orders alone, and filters by product and phase', async () => {
    // Order 4 alone: n = 1, k = 1, r = 1: (1 + 20) / (1 + 20) = 1.
    const { risks } = await ask<QualityRiskDto>('risk?from=2025-04-01');
    expect(risks).toMatchObject([{ produto_id: 100, fase_id: 2, risk_score: 1, risk_level: 'HIGH' }]);
    expect((await ask<QualityRiskDto>('risk?fase_culpada_id=1')).risks).toHaveLength(1);
    expect(await ask<QualityRiskDto>('risk?limit=1')).toMatchObject({ risks: [{ fase_id: 1 }], total: 2 });
    for (const query of ['modelo_id=101', 'modelo_id=31337', 'from=2030-01-01']) {
      expect(await ask<QualityRiskDto>(`risk?${query}`)).toMatchObject({ risks: [], total: 0 });
    }
  });

  it.each(['overview', 'by-phase', 'by-product', 'risk'])('%s refuses what breaks a rule with 400', async (path) => {
    for (const query of ['from=2025-02-02&to=2025-02-01', 'from=yesterday', 'produto_id=1&modelo_id=2']) {
      const { status, body } = await get<{ detail: unknown }>(`${product.url}/api/quality/${path}?${query}`);
      expect({ query, status, detail: typeof body.detail }).toEqual({ query, status: 400, detail: 'string' });
    }
  });
});

describe('quality of an empty database', () => {
  beforeAll(async () => {
    product = await startIngestionApp();
  });
  afterAll(() => product.close());

  it('is 200 with empty lists and no freshness', async () => {
    expect(await ask('overview')).toEqual({
      total_erros: 0,
      total_errors: 0,
      erros_por_gravidade: { '1': 0, '2': 0, '3': 0 },
      erros_por_fase: [],
      heatmap: [],
      trend: [],
      top_descriptions: [],
    });
    expect(await ask('by-phase')).toEqual({ phases: [], total_erros: 0 });
    expect(await ask('risk')).toEqual({ risks: [], total: 0 });
    expect(await ask('by-product?from=2020-01-01')).toMatchObject({ products: [], total: 0, total_erros: 0 });
  });
});

describe('what is stored of errors', () => {
  const TABLES = ['quality_errors', 'quality_groups', 'quality_products', 'quality_risk', 'open_orders', 'open_phases'];
  async function stored(app: IngestionApp): Promise<string[]> {
    const lines: string[] = [];
    for (const table of TABLES) {
      const { rows } = await app.sql.query<{ row: string }>(
        `SELECT t::text AS row FROM analytics.${table} t ORDER BY t::text COLLATE "C"`,
      );
      lines.push(...rows.map(({ row }) => `${table} ${row}`));
    }
    return lines;
  }

  /** Every way in which a load can change an error's stored row without changing the error. */
  function corrected(): FactorySheets {
    const sheets = factory();
    return {
      ...sheets,
      OrdensFabrico: sheets.OrdensFabrico.map((row) => (row.Of_Id === 3 ? { ...row, Of_ProdutoId: 100 } : row)),
      FasesOrdemFabrico: [
        // 22 becomes another type: order 4, which no row of the load touches, has an error that names it.
        ...sheets.FasesOrdemFabrico.filter((row) => row.FaseOf_Id !== 22 && row.FaseOf_Id !== 12),
        phase(22, 2, 1, 2, { inicio: '2025-02-27T14:00:00' }),
        // 12 ends in another month.
        phase(12, 1, 2, 2, { inicio: '2025-01-04T08:00:00', fim: '2025-06-04T08:00:00', peso: 9 }),
        // The phase that an error of order 3 names appears, in order 5.
        phase(12345, 5, 2, 1, { inicio: '2025-03-01T08:00:00' }),
      ],
      OrdemFabricoErros: sheets.OrdemFabricoErros.slice(1),
    };
  }

  it('is after a second load what a first load of the same workbook stores, and back again', async () => {
    const [one, fresh, first] = await Promise.all([startIngestionApp(), startIngestionApp(), startIngestionApp()]);
    try {
      const allowMassAbsence = ['OrdemFabricoErros', 'FasesOrdemFabrico'];
      await one.load(factory());
      await first.load(factory());
      await fresh.load(corrected());
      const before = await stored(one);
      await one.load(corrected(), { allowMassAbsence });
      expect(await stored(one)).toEqual(await stored(fresh));
      expect(await stored(one)).not.toEqual(before);
      await one.load(factory(), { allowMassAbsence });
      expect(await stored(one)).toEqual(await stored(first));
    } finally {
      await Promise.all([one.close(), fresh.close(), first.close()]);
    }
  });

  it('is made from nothing where an older version loaded the data', async () => {
    const app = await startIngestionApp();
    try {
      await app.load(factory());
      const before = await stored(app);
      for (const table of TABLES) await app.sql.query(`TRUNCATE analytics.${table}`);
      await app.load(factory(), { force: true });
      expect(await stored(app)).toEqual(before);
    } finally {
      await app.close();
    }
  });
});
