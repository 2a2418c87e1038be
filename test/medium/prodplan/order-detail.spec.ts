import type { Problem } from '../../../src/common/problem.filter';
import type { OrderPhasesDto } from '../../../src/prodplan/dto/order-phases.dto';
import type { OrderDetailDto, OrderListDto } from '../../../src/prodplan/dto/order.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { addOrders, addPhases, addPhaseTypes, addProducts, get, publish } from './seed';

const AS_OF = '2025-12-11T12:50:00Z';

let product: TestApp;
const detail = (ofId: string) => get<OrderDetailDto>(`${product.url}/api/prodplan/orders/${ofId}`);
const phases = (ofId: string) => get<OrderPhasesDto>(`${product.url}/api/prodplan/orders/${ofId}/phases`);

beforeAll(async () => {
  product = await startTestApp();
  await addPhaseTypes(product.sql, { 12: 'Laminagem', 13: 'Gelcoat', 14: null });
  await addProducts(product.sql, { 7: 'K1 Sete' });
  await publish(product.sql, { asOf: AS_OF, finishedAt: '2026-01-05T08:00:00Z' });
});
afterAll(() => product.close());

describe('one order', () => {
  beforeAll(() =>
    addOrders(product.sql, [
      {
        id: 500,
        created: '2025-11-03T09:12:00Z',
        product: 7,
        phase: 13,
        currentPhase: 12,
        due: '2025-12-19T00:00:00Z',
      },
    ]),
  );

  it('is the bare order with the load it was read from', async () => {
    expect(await detail('500')).toEqual({
      status: 200,
      body: {
        of_id: '500',
        of_data_criacao: '2025-11-03T09:12:00+00:00',
        of_data_acabamento: null,
        of_data_transporte: '2025-12-19T00:00:00+00:00',
        of_produto_id: 7,
        of_fase_id: 13,
        status: 'CREATED',
        due_date: '2025-12-19T00:00:00+00:00',
        eta: null,
        eta_p80: null,
        eta_method: null,
        dormant: false,
        produto_nome: 'K1 Sete',
        produto_in_catalogue: true,
        fase_atual_id: 12,
        fase_atual: 'Laminagem',
        as_of: '2025-12-11T12:50:00+00:00',
        generated_at: '2026-01-05T08:00:00+00:00',
      },
    });
  });

  it('is the same in the list', async () => {
    const { as_of, generated_at, ...order } = (await detail('500')).body;
    const { body } = await get<OrderListDto>(`${product.url}/api/prodplan/orders?of_id=500`);
    expect(body).toEqual({ orders: [order], next_cursor: null, as_of, generated_at });
  });

  it.each([
    '501',
    'abc1',
    '0500',
    '+500',
    '500.0',
    '5e2',
    '-500',
    '%20500',
    '9223372036854775808',
    '9'.repeat(300),
    '%00',
    '500%00',
    '..%2F500',
    "500'--",
    '%F0%9F%9B%B6',
    'null',
  ])('is a 404 with detail, on both paths, for the id %s', async (ofId) => {
    for (const { status, body } of [await detail(ofId), await phases(ofId)] as { status: number; body: unknown }[]) {
      expect(status).toBe(404);
      expect(body).toMatchObject({ error_code: 'NOT_FOUND', correlation_id: expect.any(String) });
      expect((body as Problem).detail).toMatch(/^There is no order '/);
    }
  });

  it.each(['%FF', '%ZZ', '%C3%28', '%'])('is a 400 for the id %s, which is no percent-encoded UTF-8', async (ofId) => {
    for (const { status, body } of [await detail(ofId), await phases(ofId)] as { status: number; body: unknown }[]) {
      expect(status).toBe(400);
      expect(body).toMatchObject({
        detail: expect.stringContaining('percent-encoded'),
        correlation_id: expect.any(String),
      });
    }
  });
});

describe('the status of an order', () => {
  // as_of is 2025-12-11 12:50 in the factory.
  const CASES = [
    ['closed is DONE, however late', { closed: true, started: true, due: '2020-01-01T00:00:00Z' }, 'DONE'],
    ['due the day before as_of is LATE', { started: true, due: '2025-12-10T23:59:00Z' }, 'LATE'],
    ['not started and overdue is LATE too', { due: '2025-12-10T00:00:00Z' }, 'LATE'],
    ['due earlier on the day of as_of is not late', { started: true, due: '2025-12-11T00:00:00Z' }, 'IN_PROGRESS'],
    ['started is IN_PROGRESS', { started: true }, 'IN_PROGRESS'],
    ['nothing of all that is CREATED', {}, 'CREATED'],
  ] as const;

  beforeAll(() =>
    addOrders(
      product.sql,
      CASES.map(([, facts], index) => ({ id: 600 + index, created: '2025-12-01T00:00:00Z', ...facts })),
    ),
  );

  it.each(CASES.map(([name, , status], index) => [name, status, 600 + index] as const))(
    '%s',
    async (_name, status, id) => {
      expect((await detail(String(id))).body.status).toBe(status);
    },
  );

  it('is dormant when open and without an event in the 180 days before as_of, to the minute', async () => {
    // 180 days before 2025-12-11T12:50Z is 2025-06-14T12:50Z.
    await addOrders(product.sql, [
      { id: 700, created: '2025-01-01T00:00:00Z', lastEvent: '2025-06-14T12:49:00Z' },
      { id: 701, created: '2025-01-01T00:00:00Z', lastEvent: '2025-06-14T12:50:00Z' },
      { id: 702, created: '2025-01-01T00:00:00Z', lastEvent: '2025-06-14T12:49:00Z', closed: true },
    ]);
    const dormant = async (id: string) => (await detail(id)).body.dormant;
    expect([await dormant('700'), await dormant('701'), await dormant('702')]).toEqual([true, false, false]);
  });
});

describe('the phases of an order', () => {
  beforeAll(async () => {
    await addOrders(product.sql, [
      { id: 800, created: '2025-11-01T08:00:00Z' },
      { id: 801, created: '2025-11-01T08:00:00Z' },
    ]);
    await addPhases(product.sql, [
      { id: 9003, order: 800, type: 13, sequence: 20, start: '2025-12-11T08:00:00Z' },
      { id: 9005, order: 800, type: 14, sequence: undefined, planned: '2026-01-02T00:00:00Z' },
      {
        id: 9002,
        order: 800,
        type: 12,
        sequence: 10,
        start: '2025-07-09T08:15:00Z',
        end: '2025-07-09T10:45:00Z',
        weight: 11.4,
        coefficient: 1.5,
        coefficientX: 0,
      },
      { id: 9001, order: 800, type: 12, sequence: 20, start: '2025-12-10T08:00:00Z', end: '2025-12-10T08:00:00Z' },
      { id: 9009, order: 801, type: 12, sequence: 1 },
    ]);
  });

  it('come by sequence and then id, those without a sequence last, and only of this order', async () => {
    const { status, body } = await phases('800');
    expect(status).toBe(200);
    expect(body.phases.map((phase) => phase.of_fase_id)).toEqual([9002, 9001, 9003, 9005]);
  });

  it('carry both field sets, numbers as numbers and nulls as nulls', async () => {
    const [first] = (await phases('800')).body.phases;
    expect(first).toEqual({
      of_fase_id: 9002,
      fase_id: 12,
      fase_nome: 'Laminagem',
      of_id: '800',
      started_at: '2025-07-09T09:15:00+01:00',
      ended_at: '2025-07-09T11:45:00+01:00',
      duration_hours: 2.5,
      desvio_hours: null,
      status: 'DONE',
      faseof_id: '9002',
      faseof_of_id: '800',
      faseof_fase_id: 12,
      faseof_inicio: '2025-07-09T09:15:00+01:00',
      faseof_fim: '2025-07-09T11:45:00+01:00',
      faseof_data_prevista: null,
      faseof_sequencia: 10,
      faseof_peso: 11.4,
      faseof_coeficiente: 1.5,
      faseof_coeficiente_x: 0,
      faseof_retorno: null,
      faseof_turno: null,
    });
  });

  it('are DONE when ended, IN_PROGRESS when started, else PENDING; length 0 is 0 hours and not null', async () => {
    const rows = (await phases('800')).body.phases.map(({ of_fase_id, status, duration_hours }) => [
      of_fase_id,
      status,
      duration_hours,
    ]);
    expect(rows).toEqual([
      [9002, 'DONE', 2.5],
      [9001, 'DONE', 0],
      [9003, 'IN_PROGRESS', null],
      [9005, 'PENDING', null],
    ]);
  });

  it('never lack duration_hours and desvio_hours, whose absence crashes the page', async () => {
    for (const phase of (await phases('800')).body.phases) {
      expect(Object.keys(phase)).toEqual(expect.arrayContaining(['duration_hours', 'desvio_hours']));
    }
  });

  it('have a name also where the catalogue has none', async () => {
    expect((await phases('800')).body.phases.at(-1)?.fase_nome).toBe('Fase 14');
  });

  it('are an empty list for an order that has none', async () => {
    expect(await phases('500')).toEqual({
      status: 200,
      body: { phases: [], as_of: '2025-12-11T12:50:00+00:00', generated_at: '2026-01-05T08:00:00+00:00' },
    });
  });
});
