import fc from 'fast-check';
import type { OrderDto, OrderListDto } from '../../../src/prodplan/dto/order.dto';
import type { Problem } from '../../../src/common/problem.filter';
import { startTestApp, type TestApp } from '../../support/app';
import { addOrders, addPhaseTypes, addProducts, get, type OrderSeed, publish, removeOrders } from './seed';

let product: TestApp;
const list = (query = '') => get<OrderListDto>(`${product.url}/api/prodplan/orders${query}`);
const ids = async (query: string) => {
  const { status, body } = await list(query);
  expect({ query, status, detail: (body as unknown as Problem).detail }).toEqual({
    query,
    status: 200,
    detail: undefined,
  });
  return body.orders.map((order) => order.of_id);
};
const refusal = async (query: string) => {
  const { status, body } = await get<Problem>(`${product.url}/api/prodplan/orders${query}`);
  expect({ query, status }).toEqual({ query, status: 400 });
  expect(body).toEqual({
    detail: expect.any(String),
    correlation_id: expect.any(String),
    error_code: 'INVALID_REQUEST',
  });
  return body.detail;
};

beforeAll(async () => {
  product = await startTestApp();
});
afterAll(() => product.close());

describe('the orders list of an empty database', () => {
  it('is a 200 with no orders, and leaves as_of, generated_at and total out instead of sending null', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body).toEqual({ orders: [], next_cursor: null });
  });

  it('counts 0 when asked', async () => {
    expect((await list('?include_total=true')).body).toEqual({ orders: [], next_cursor: null, total: 0 });
  });
});

describe('the orders list', () => {
  const ORDERS: OrderSeed[] = [
    { id: 1200, created: '2025-01-10T10:00:00Z', product: 7, phase: 12 },
    { id: 1201, created: '2025-02-10T10:00:00Z', product: 7, phase: 13, currentPhase: 12, started: true },
    { id: 1210, created: '2025-03-10T10:00:00Z', product: 8, phase: 12, finished: '2025-04-01T09:30:00Z' },
    { id: 13, created: '2025-04-10T10:00:00Z', product: 999, phase: 12, due: '2025-12-19T00:00:00Z' },
    // In Lisbon's summer 2025-07-01T00:00 is 2025-06-30T23:00Z.
    { id: 130, created: '2025-06-30T23:00:00Z', product: 7 },
    { id: 131, created: '2025-06-30T22:59:59Z' },
  ];

  beforeAll(async () => {
    await addPhaseTypes(product.sql, { 12: 'Laminagem', 13: 'Gelcoat' });
    await addProducts(product.sql, { 7: 'K1 Sete', 8: 'K2 Oito' });
    await addOrders(product.sql, ORDERS);
    await publish(product.sql, { asOf: '2025-12-11T12:50:00Z', finishedAt: '2026-07-01T08:00:00Z' });
  });

  it('gives every order the fields of the contract, nullable ones present, numbers as numbers, of_id as text', async () => {
    const { body } = await list();
    expect(body.orders).toHaveLength(ORDERS.length);
    const nullableText = (value: unknown) => value === null || typeof value === 'string';
    const nullableNumber = (value: unknown) => value === null || typeof value === 'number';
    for (const order of body.orders) {
      expect(typeof order.of_id).toBe('string');
      expect(['CREATED', 'IN_PROGRESS', 'DONE', 'LATE', 'AT_RISK']).toContain(order.status);
      for (const field of ['of_data_criacao', 'of_data_acabamento', 'of_data_transporte', 'eta', 'due_date'] as const) {
        expect({ field, ok: field in order && nullableText(order[field]) }).toEqual({ field, ok: true });
      }
      for (const field of ['of_produto_id', 'of_fase_id'] as const) {
        expect({ field, ok: field in order && nullableNumber(order[field]) }).toEqual({ field, ok: true });
      }
    }
  });

  it('shows an order with its names, its current phase and whether the catalogue has its product', async () => {
    const { body } = await list('?of_id=1201');
    expect(body.orders).toEqual([
      {
        of_id: '1201',
        of_data_criacao: '2025-02-10T10:00:00+00:00',
        of_data_acabamento: null,
        of_data_transporte: null,
        of_produto_id: 7,
        of_fase_id: 13,
        status: 'IN_PROGRESS',
        due_date: null,
        eta: null,
        eta_p80: null,
        eta_method: null,
        // The last event, its creation, is 304 days before as_of.
        dormant: true,
        produto_nome: 'K1 Sete',
        produto_in_catalogue: true,
        fase_atual_id: 12,
        fase_atual: 'Laminagem',
      },
    ] satisfies OrderDto[]);
  });

  it('says of an ordered product that is in no catalogue that it is not', async () => {
    const [order] = (await list('?produto_id=999')).body.orders;
    expect(order).toMatchObject({ of_id: '13', of_produto_id: 999, produto_nome: null, produto_in_catalogue: false });
  });

  it('writes times with the offset the factory has at that instant', async () => {
    const [order] = (await list('?of_id=130')).body.orders;
    expect(order.of_data_criacao).toBe('2025-07-01T00:00:00+01:00');
  });

  it('carries the data clock and when the load finished, in factory time', async () => {
    const { body } = await list('?limit=1');
    expect(body).toMatchObject({ as_of: '2025-12-11T12:50:00+00:00', generated_at: '2026-07-01T09:00:00+01:00' });
  });

  it('is newest first', async () => {
    expect(await ids('')).toEqual(['130', '131', '13', '1210', '1201', '1200']);
  });

  it.each([
    ['of_id=12', ['1210', '1201', '1200']],
    ['of_id=120', ['1201', '1200']],
    ['of_id=1200', ['1200']],
    ['of_id=13', ['130', '131', '13']],
    ['of_id=%2013%20', ['130', '131', '13']],
    ['of_id=', ['130', '131', '13', '1210', '1201', '1200']],
    ['of_id=%20', ['130', '131', '13', '1210', '1201', '1200']],
    ['of_id=9', []],
    ['of_id=0', []],
    ['of_id=012', []],
  ])('filters by the first digits of the id: %s', async (query, expected) => {
    expect(await ids(`?${query}`)).toEqual(expected);
  });

  it.each([
    'abc',
    '12a',
    '%25',
    '_',
    "12'%20OR%201=1--",
    '%00',
    '12%00',
    '%FF%FE',
    '%C3%28',
    '%',
    '%zz',
    '-1',
    '1e3',
    '9'.repeat(400),
    '%F0%9F%9B%B6',
    '12&of_id=13',
  ])('finds nothing and is no error for the search text %s', async (text) => {
    expect(await ids(`?of_id=${text}`)).toEqual([]);
  });

  it.each([
    ['fase_id=12', ['13', '1210', '1201', '1200']],
    ['fase_id=13', []],
    ['fase_id=77', []],
    ['produto_id=7', ['130', '1201', '1200']],
    ['modelo_id=7', ['130', '1201', '1200']],
    ['produto_id=7&modelo_id=7', ['130', '1201', '1200']],
    ['produto_id=&fase_id=', ['130', '131', '13', '1210', '1201', '1200']],
    ['fase_id=12&produto_id=7', ['1201', '1200']],
    ['fase_id=12&of_id=120&produto_id=7', ['1201', '1200']],
    ['of_id=13&produto_id=7', ['130']],
    // 130 and 131 are at no phase.
    ['of_id=13&fase_id=12', ['13']],
    ['data_criacao_from=2025-07-01', ['130']],
    ['data_criacao_to=2025-07-01&data_criacao_from=2025-04-01', ['131', '13']],
    ['data_criacao_from=2025-02-10T10:00&data_criacao_to=2025-03-10T10:00', ['1201']],
    ['data_criacao_from=2025-07-01T00:00:00%2B01:00', ['130']],
    ['data_criacao_from=2025-07-01T00:00:00+01:00', ['130']],
    ['data_criacao_from=2025-06-30T23:00:00Z', ['130']],
    ['fase_id=12&data_criacao_from=2025-04-01', ['13']],
    ['of_id=12&data_criacao_to=2025-02-01', ['1200']],
    ['status=DONE&offset=3&whatever=1', ['130', '131', '13', '1210', '1201', '1200']],
  ])('filters: %s', async (query, expected) => {
    expect(await ids(`?${query}`)).toEqual(expected);
    const { body } = await list(`?${query}&include_total=true&limit=1`);
    expect(body.total).toBe(expected.length);
  });

  it.each([
    ['limit=0', 'limit is 0: it must be a whole number from 1 to 1000.'],
    ['limit=1000000000', 'limit is 1000000000: it must be a whole number from 1 to 1000.'],
    ['limit=1001', 'limit is 1001: it must be a whole number from 1 to 1000.'],
    ['limit=-5', 'limit is -5: it must be a whole number from 1 to 1000.'],
    ['limit=1.5', "limit is '1.5': it must be a whole number from 1 to 1000."],
    ['limit=ten', "limit is 'ten': it must be a whole number from 1 to 1000."],
    ['limit=5&limit=6', 'limit is ["5","6"]: it must be a whole number from 1 to 1000.'],
    ['fase_id=x', "fase_id is 'x': it must be a whole number."],
    ['produto_id=99999999999999999999', "produto_id is '99999999999999999999': it must be a whole number."],
    ['include_total=maybe', "include_total is 'maybe': it must be true or false."],
    ['produto_id=1&modelo_id=2', 'produto_id is 1 and modelo_id is 2: they are two names of one filter, give one.'],
    [
      'data_criacao_from=2025-03-01&data_criacao_to=2025-02-01',
      "data_criacao_from is '2025-03-01': it must not be after data_criacao_to, '2025-02-01'.",
    ],
  ])('refuses %s with a 400 that names field, value and rule', async (query, detail) => {
    expect(await refusal(`?${query}`)).toBe(detail);
  });

  it.each(['2025-02-30', '11/12/2025', '2025-13-01', '2025-12-11T25:00', 'yesterday', '2025', '%00'])(
    'refuses the date %s',
    async (date) => {
      expect(await refusal(`?data_criacao_from=${date}`)).toMatch(/^data_criacao_from is '.*': it must be a date/);
    },
  );

  it('counts only when asked', async () => {
    expect((await list()).body).not.toHaveProperty('total');
    expect((await list('?include_total=false')).body).not.toHaveProperty('total');
    expect((await list('?include_total=true&limit=2')).body.total).toBe(ORDERS.length);
  });

  it('gives null as next_cursor on the last page, also when the page is exactly full', async () => {
    expect((await list(`?limit=${ORDERS.length}`)).body.next_cursor).toBeNull();
    expect((await list(`?limit=${ORDERS.length - 1}`)).body.next_cursor).toEqual(expect.any(String));
  });

  it('takes a cursor made under other filters as a place in the list', async () => {
    const { next_cursor } = (await list('?limit=3')).body; // ends at 13 of 2025-04-10
    expect(await ids(`?cursor=${next_cursor}&of_id=1`)).toEqual(['1210', '1201', '1200']);
    expect(await ids(`?cursor=${next_cursor}&of_id=13`)).toEqual([]);
    expect(await ids(`?cursor=${next_cursor}&fase_id=12&produto_id=7`)).toEqual(['1201', '1200']);
    expect(await ids(`?cursor=${next_cursor}&of_id=abc`)).toEqual([]);
  });

  it.each(['', 'fase_id=12', 'produto_id=7', 'fase_id=12&produto_id=7', 'of_id=1', 'of_id=1&fase_id=12'])(
    'gives the orders of %p one a page as it gives them on one page',
    async (filter) => {
      const walked: string[] = [];
      for (let cursor: string | null = ''; cursor !== null && walked.length <= ORDERS.length;) {
        const { body }: { body: OrderListDto } = await list(`?limit=1&cursor=${cursor}&${filter}`);
        walked.push(...body.orders.map((order) => order.of_id));
        cursor = body.next_cursor;
      }
      expect(walked.length).toBeGreaterThan(1);
      expect(walked).toEqual(await ids(`?${filter}`));
    },
  );

  it('takes an empty cursor as the first page', async () => {
    expect(await ids('?cursor=&limit=1')).toEqual(['130']);
  });

  it('refuses a cursor with any one character changed, cut off or added', async () => {
    const cursor = (await list('?limit=3')).body.next_cursor ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (let at = 0; at < cursor.length; at += 1) {
      const other = alphabet[(alphabet.indexOf(cursor[at]) + 1) % alphabet.length];
      await refusal(`?cursor=${cursor.slice(0, at)}${other}${cursor.slice(at + 1)}`);
    }
    await refusal(`?cursor=${cursor.slice(0, -1)}`);
    await refusal(`?cursor=${cursor}A`);
    await refusal(`?cursor=${cursor}=`);
    await refusal(`?cursor=${cursor}%00`);
    await refusal(`?cursor=${'A'.repeat(5000)}`);
    expect(await refusal('?cursor=nonsense')).toContain('cursor');
  });

  it('serves the same under /api/api, for a frontend built with VITE_API_URL ending in /api', async () => {
    const doubled = await get<OrderListDto>(`${product.url}/api/api/prodplan/orders?of_id=1201`);
    expect(doubled).toEqual(await list('?of_id=1201'));
  });
});

describe('walking the pages', () => {
  /** Few distinct creation times, to the microsecond, so that most orders tie with another. */
  const created = fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.constantFrom(0, 1, 999_999))
    .map(([second, micros]) => `2025-05-05T05:05:0${second}.${String(micros).padStart(6, '0')}Z`);
  const orders = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 400 }), created, phase: fc.constantFrom(12, 13) }),
    {
      selector: (order) => order.id,
      maxLength: 30,
    },
  );
  const filter = fc.constantFrom('', '&fase_id=12', '&of_id=1', '&produto_id=7');

  it('yields each order that matches exactly once and in order, whatever the ties and the page size', async () => {
    await fc.assert(
      fc.asyncProperty(orders, filter, fc.integer({ min: 1, max: 9 }), async (seeds, query, limit) => {
        await removeOrders(product.sql);
        await addOrders(
          product.sql,
          seeds.map((seed) => ({ ...seed, product: seed.id % 2 ? 7 : 8 })),
        );
        const expected = seeds
          .filter((seed) => {
            if (query === '&fase_id=12') return seed.phase === 12;
            if (query === '&of_id=1') return String(seed.id).startsWith('1');
            return query === '' || seed.id % 2 === 1;
          })
          .sort((a, b) => (a.created === b.created ? b.id - a.id : a.created < b.created ? 1 : -1))
          .map((seed) => String(seed.id));
        const walked: string[] = [];
        for (let cursor: string | null = '', pages = 0; cursor !== null; pages += 1) {
          expect(pages).toBeLessThanOrEqual(seeds.length);
          const { body }: { body: OrderListDto } = await list(`?limit=${limit}${query}&cursor=${cursor}`);
          expect(body.orders.length).toBeLessThanOrEqual(limit);
          walked.push(...body.orders.map((order) => order.of_id));
          cursor = body.next_cursor;
        }
        expect(walked).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
