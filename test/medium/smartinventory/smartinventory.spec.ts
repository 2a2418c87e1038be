import type { NotSupportedDto } from '../../../src/common/not-supported';
import type { DueRiskDto } from '../../../src/smartinventory/dto/due-risk.dto';
import type { GelcoatDto } from '../../../src/smartinventory/dto/gelcoat.dto';
import type { WipDto, WipMassDto } from '../../../src/smartinventory/dto/wip.dto';
import { order, phase, smallFactory, smallFactoryWith, type FactorySheets } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { get } from '../prodplan/seed';

/**
 * The small factory (order 1 closed; 2 of product 101 in phase 22; 3 of product 999 not started) and six orders more.
 * The last event, and so as_of, is the start of phase 22: 2025-02-27 14:00. Product 100 weighs 8.5 after demoulding,
 * product 101 has no weight (0), 999 is in no catalogue.
 */
function factory(): FactorySheets {
  return smallFactoryWith({
    OrdensFabrico: [
      order(4, '2025-02-11T08:00:00', 100, 1, {}),
      order(5, '2025-02-12T08:00:00', 100, 1, {}),
      order(6, '2025-02-13T08:00:00', 101, 1, {}),
      // 180 days before as_of nothing had happened to 7 for long: dormant.
      order(7, '2024-01-01T08:00:00', 100, 1, {}),
      order(8, '2025-02-14T08:00:00', 999, 1, {}),
      // Of no product: nothing is known of what it is made of.
      order(9, '2025-02-15T08:00:00', 'NULL', 1, {}),
    ],
    FasesOrdemFabrico: [
      // Weighed twice; the phase that is open was not weighed.
      phase(40, 4, 1, 1, { inicio: '2025-02-17T08:00:00', fim: '2025-02-18T08:00:00', peso: 9.9 }),
      phase(41, 4, 1, 2, { inicio: '2025-02-19T08:00:00', fim: '2025-02-20T08:00:00', peso: 9.5 }),
      phase(42, 4, 2, 3, { inicio: '2025-02-26T14:00:00' }),
      phase(51, 5, 1, 1, { inicio: '2025-02-27T02:00:00' }),
      phase(61, 6, 1, 1, { inicio: '2025-02-27T08:00:00' }),
      phase(71, 7, 1, 1, { inicio: '2024-01-02T08:00:00', peso: 100 }),
      // Two open phases: twice in the WIP, once in the mass, at the later.
      phase(81, 8, 1, 1, { inicio: '2025-02-25T14:00:00', peso: 7 }),
      phase(82, 8, 2, 2, { inicio: '2025-02-26T02:00:00' }),
    ],
  });
}

let product: IngestionApp;
const ask = async <T>(path: string) => {
  const { status, body } = await get<T>(`${product.url}/api/smartinventory/${path}`);
  expect(status).toBe(200);
  return body;
};
const FRESH = { as_of: '2025-02-27T14:00:00+00:00', generated_at: '2025-12-12T00:00:00+00:00' };

describe('smart inventory of a loaded workbook', () => {
  beforeAll(async () => {
    product = await startIngestionApp();
    await product.load(factory());
  });
  afterAll(() => product.close());

  it('has one row per phase type with the ages of the open phases of active orders', async () => {
    expect(await ask<WipDto>('wip')).toEqual({
      wip: [
        // 61: 6 h, 51: 12 h, 81: 48 h; p90 lies 0.8 of the way from 12 to 48.
        {
          fase_id: 1,
          fase_nome: 'Laminagem',
          produto_id: null,
          wip_count: 3,
          p50_age_hours: 12,
          p90_age_hours: expect.closeTo(40.8, 9),
          avg_age_hours: 22,
        },
        // 22: 0 h, 42: 24 h, 82: 36 h.
        {
          fase_id: 2,
          fase_nome: 'Cura',
          produto_id: null,
          wip_count: 3,
          p50_age_hours: 24,
          p90_age_hours: expect.closeTo(33.6, 9),
          avg_age_hours: 20,
        },
      ],
      total_wip: 6,
      ...FRESH,
    });
  });

  it('filters by phase type and product, whose id the rows then carry', async () => {
    const rows = async (query: string) =>
      (await ask<WipDto>(`wip?${query}`)).wip.map((row) => [row.fase_id, row.produto_id, row.wip_count]);
    expect(await rows('produto_id=100')).toEqual([
      [1, 100, 1],
      [2, 100, 1],
    ]);
    expect(await rows('fase_id=2')).toEqual([[2, null, 3]]);
    expect(await rows('modelo_id=999&fase_id=1')).toEqual([[1, 999, 1]]);
    expect(await rows('produto_id=31337')).toEqual([]);
    expect(await rows('fase_id=31337')).toEqual([]);
  });

  it('weighs each order with WIP once, by its latest recorded weight, else by the catalogue, else not at all', async () => {
    const body = await ask<WipMassDto>('wip_mass');
    const row = (fase: number, produto: number, kg: number, confidence: string, nome: string) => ({
      fase_id: fase,
      produto_id: produto,
      wip_mass_kg: kg,
      total_mass_kg: kg,
      mass_kg: kg,
      low_confidence: confidence !== 'HIGH',
      wip_count: 1,
      without_mass: 0,
      fase_nome: nome,
      confidence,
    });
    const rows = [
      row(2, 100, 9.5, 'HIGH', 'Cura'),
      row(1, 100, 8.5, 'LOW', 'Laminagem'),
      row(2, 999, 7, 'HIGH', 'Cura'),
    ];
    expect(body).toEqual({
      wip_mass: rows,
      wip_mass_by_phase_and_product: rows,
      by_phase: [
        { fase_id: 2, fase_nome: 'Cura', mass_kg: 16.5 },
        { fase_id: 1, fase_nome: 'Laminagem', mass_kg: 8.5 },
      ],
      total_wip_mass_kg: 25,
      // Orders 2 and 6, of product 101.
      without_mass: 2,
      confidence: 'estimated',
      ...FRESH,
    });
    expect(await ask<WipMassDto>('wip_mass?produto_id=101')).toMatchObject({ wip_mass: [], without_mass: 2 });
    expect((await ask<WipMassDto>('wip_mass?fase_id=1')).wip_mass).toEqual([rows[1]]);
  });

  it("multiplies the product's quantities by its active orders", async () => {
    const body = await ask<GelcoatDto>('gelcoat_theoretical_usage');
    // Product 100 (0.9 and 1): orders 4 and 5. Product 101 (none and 1.075): 2 and 6. Product 999 (unknown): 3 and 8.
    // Order 9 is of no product: no row, and no order without quantities either.
    expect(body.by_product.map(({ disclaimer, ...row }) => ({ ...row, disclaimer: typeof disclaimer }))).toEqual([
      {
        produto_id: 100,
        produto_nome: 'K1 Vento L',
        qtd_gel_deck: 0.9,
        qtd_gel_casco: 1,
        ofs_in_progress: 2,
        order_count: 2,
        theoretical_usage_deck: 1.8,
        theoretical_usage_casco: 2,
        disclaimer: 'string',
      },
      {
        produto_id: 101,
        produto_nome: 'K2 Onda',
        qtd_gel_deck: null,
        qtd_gel_casco: 1.075,
        ofs_in_progress: 2,
        order_count: 2,
        theoretical_usage_deck: 0,
        theoretical_usage_casco: 2.15,
        disclaimer: 'string',
      },
      {
        produto_id: 999,
        produto_nome: null,
        qtd_gel_deck: null,
        qtd_gel_casco: null,
        ofs_in_progress: 2,
        order_count: 2,
        theoretical_usage_deck: 0,
        theoretical_usage_casco: 0,
        disclaimer: 'string',
      },
    ]);
    expect(body).toMatchObject({
      status: 'SUPPORTED',
      total_theoretical_gel_deck: 1.8,
      total_theoretical_gel_casco: 4.15,
      orders_without_quantities: 2,
      ...FRESH,
    });
    expect(body.gelcoat_usage).toEqual(body.by_product);
    expect(body).not.toHaveProperty('from_date');
  });

  it('multiplies them by the orders created in a window, closed ones too', async () => {
    // January: order 1 alone, which is closed.
    const body = await ask<GelcoatDto>('gelcoat_theoretical_usage?from_date=2025-01-01&to_date=2025-02-01');
    expect(body).toMatchObject({
      by_product: [{ produto_id: 100, ofs_in_progress: 0, order_count: 1, theoretical_usage_deck: 0.9 }],
      from_date: '2025-01-01T00:00:00+00:00',
      to_date: '2025-02-01T00:00:00+00:00',
    });
    // Order 4 was created at the very begin of a window, order 5 at its end, which is outside: half open.
    const day = 'from_date=2025-02-11T08:00&to_date=2025-02-12T08:00';
    expect((await ask<GelcoatDto>(`gelcoat_theoretical_usage?${day}`)).by_product).toMatchObject([
      { produto_id: 100, ofs_in_progress: 1, order_count: 1 },
    ]);
    // Since 2024: 1, 4, 5 and the dormant 7 of product 100, of which 4 and 5 are active.
    expect(await ask<GelcoatDto>('gelcoat_theoretical_usage?from=2024-01-01&produto_id=100')).toMatchObject({
      by_product: [{ order_count: 4, ofs_in_progress: 2 }],
    });
    expect((await ask<GelcoatDto>('gelcoat_theoretical_usage?modelo_id=31337')).by_product).toEqual([]);
  });

  it.each([
    'api/smartinventory/consumption_estimate',
    'api/smartinventory/material_yield',
    'smartinventory/material_yield',
  ])('%s is a 200 that says what the data lack', async (path) => {
    const { status, body } = await get<NotSupportedDto>(`${product.url}/${path}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'NOT_SUPPORTED_BY_DATA',
      detail: expect.stringMatching(/\.$/),
      reason: expect.stringMatching(/\.$/),
      suggestion: expect.stringMatching(/\.$/),
      match_rate: 0,
      threshold: 0.9,
      // Nine orders, two products, of which one has a quantity for the deck.
      counts: { orders: 9, with_recorded_consumption: 0, products: 2, with_gel_deck: 1, with_gel_casco: 2 },
      ...FRESH,
    });
  });

  it.each([
    'wip?fase_id=x',
    'wip_mass?produto_id=1&modelo_id=2',
    'gelcoat_theoretical_usage?from_date=2025-02-02&to_date=2025-02-01',
    'gelcoat_theoretical_usage?from=2025-01-01&from_date=2025-01-02',
  ])('%s is a 400 with detail', async (query) => {
    const { status, body } = await get<{ detail: unknown }>(`${product.url}/api/smartinventory/${query}`);
    expect([status, typeof body.detail]).toEqual([400, 'string']);
  });

  it('does not count what is closed after a second load', async () => {
    const sheets = factory();
    await product.load({
      ...sheets,
      OrdensFabrico: sheets.OrdensFabrico.map((row) => (row.Of_Id === 8 ? { ...row, Of_FaseId: 12 } : row)),
    });
    expect(await ask<WipDto>('wip')).toMatchObject({ total_wip: 4 });
    expect(await ask<WipMassDto>('wip_mass')).toMatchObject({ total_wip_mass_kg: 18 });
  });
});

describe('smart inventory where no product has a quantity of gelcoat', () => {
  it('says so in the form that the page knows', async () => {
    product = await startIngestionApp();
    const sheets = smallFactory();
    const none = { Produto_QtdGelDeck: 'NULL', Produto_QtdGelCasco: 'NULL' };
    await product.load({ ...sheets, Modelos: sheets.Modelos.map((row) => ({ ...row, ...none })) });
    expect(await ask('gelcoat_theoretical_usage')).toMatchObject({
      status: 'NOT_SUPPORTED_BY_DATA',
      reason: expect.any(String),
      total_products: 2,
      with_gel_deck: 0,
      with_gel_casco: 0,
    });
    await product.close();
  });
});

describe('smart inventory with CLOCK=wall', () => {
  it('counts dormancy and ages from now', async () => {
    product = await startIngestionApp({ env: { readThreads: 1, clock: 'wall' } });
    await product.load(factory());
    // The clock stands at 2025-12-12: nothing has happened for more than 180 days.
    expect(await ask<WipDto>('wip')).toMatchObject({ wip: [], total_wip: 0, as_of: '2025-12-12T00:00:00+00:00' });
    product.clock.set(new Date('2025-02-28T14:00:00Z'));
    expect((await ask<WipDto>('wip?fase_id=2')).wip[0].p50_age_hours).toBe(48);
    await product.close();
  });
});

describe('smart inventory of an empty database', () => {
  it('is 200 with empty lists', async () => {
    product = await startIngestionApp();
    expect(await ask('wip')).toEqual({ wip: [], total_wip: 0 });
    expect(await ask('wip_mass')).toMatchObject({ wip_mass: [], by_phase: [], total_wip_mass_kg: 0, without_mass: 0 });
    expect(await ask('gelcoat_theoretical_usage')).toMatchObject({ status: 'SUPPORTED', by_product: [] });
    expect(await ask('consumption_estimate')).toMatchObject({ status: 'NOT_SUPPORTED_BY_DATA' });
    await product.close();
  });
});

describe('due risk', () => {
  beforeAll(async () => {
    product = await startIngestionApp();
    const sheets = smallFactory();
    // as_of is 2025-02-27. Order 2 of product 101 is due on 2025-03-31, in 32 days.
    await product.load({
      ...sheets,
      OrdensFabrico: [
        ...sheets.OrdensFabrico,
        order(4, '2025-02-11T08:00:00', 100, 1, { transporte: '2025-02-26' }),
        order(5, '2025-02-12T08:00:00', 999, 2, { transporte: '2025-03-06' }),
        order(6, '2025-02-13T08:00:00', 100, 1, { transporte: '2025-02-27' }),
        // Without an event for 180 days before as_of: dormant, however late it would be.
        order(7, '2024-01-01T08:00:00', 100, 1, { transporte: '2024-02-01' }),
      ],
    });
    // What is forecast is tested where it is computed; here, what is made of it.
    await product.sql.query('DELETE FROM analytics.order_forecast');
    const rows = [
      [2, 0.1, '2025-03-10', '2025-03-20'],
      [3, null, '2025-03-10', '2025-03-20'],
      [4, 1, '2025-03-10', '2025-03-20'],
      [5, 0.6, '2025-03-10', '2025-03-20'],
      [6, 0.6, '2025-03-10', '2025-03-20'],
      [7, 1, '2025-03-10', '2025-03-20'],
    ];
    for (const row of rows) {
      await product.sql.query(
        `INSERT INTO analytics.order_forecast (of_id, p_late, eta_p50, eta_p80, back_off, cases)
         VALUES ($1, $2, $3, $4, 'phase', 20)`,
        row,
      );
    }
  });
  afterAll(() => product.close());

  it('lists active orders with a due day, the likeliest to be late first, the sooner due before the later', async () => {
    const { due_risk_items, ...fresh } = await ask<DueRiskDto>('due_risk');
    expect(fresh).toEqual(FRESH);
    expect(due_risk_items.map((item) => [item.of_id, item.risk_score, item.risk_bucket])).toEqual([
      ['4', 1, 'OVERDUE'],
      ['6', 0.6, 'DUE_7D'],
      ['5', 0.6, 'DUE_7D'],
      ['2', 0.1, 'SAFE'],
    ]);
    expect(due_risk_items[0]).toEqual({
      of_id: '4',
      produto_id: 100,
      produto_nome: 'K1 Vento L',
      fase_atual_id: 1,
      fase_atual_nome: 'Laminagem',
      due_date: '2025-02-26T00:00:00+00:00',
      risk_score: 1,
      explanation: 'Was due on 2025-02-26, 1 day ago; expected on 2025-03-10, by 2025-03-20 with 80 % certainty.',
      risk_bucket: 'OVERDUE',
    });
    expect(due_risk_items.map((item) => item.explanation.split(';')[0]).slice(1)).toEqual([
      'Due on 2025-02-27, today',
      'Due on 2025-03-06, in 7 days',
      'Due on 2025-03-31, in 32 days',
    ]);
  });

  it('is served without /api too, and as few as asked for', async () => {
    const { body } = await get<DueRiskDto>(`${product.url}/smartinventory/due_risk?limit=1`);
    expect(body.due_risk_items.map((item) => item.of_id)).toEqual(['4']);
    expect((await get(`${product.url}/smartinventory/due_risk?limit=0`)).status).toBe(400);
  });
});
