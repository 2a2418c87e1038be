import type { RouteDto } from '../../../src/prodplan/dto/route.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { addOrders, addPhaseTypes, addProducts, addRouteStep, get, publish } from './seed';

let product: TestApp;
const route = (produtoId: string) => get<RouteDto>(`${product.url}/api/prodplan/routes/${produtoId}`);

beforeAll(async () => {
  product = await startTestApp();
  await addPhaseTypes(product.sql, { 12: 'Laminagem', 13: 'Gelcoat', 14: null });
  await addProducts(product.sql, { 7: 'K1 Sete', 8: 'K2 Oito' });
  await addRouteStep(product.sql, [7, 12, 20, 1.5, 0]);
  await addRouteStep(product.sql, [7, 14, 20, 0, null]);
  await addRouteStep(product.sql, [7, 13, 10, 2, 0.25]);
  await addRouteStep(product.sql, [7, 12, 30, 1, 1]);
  await addOrders(product.sql, [{ id: 1, created: '2025-11-01T08:00:00Z', product: 999 }]);
  await publish(product.sql, { asOf: null, finishedAt: '2026-01-05T08:00:00Z' });
});
afterAll(() => product.close());

describe('the standard route of a product', () => {
  it('is its steps by sequence with phase names, a phase as often as the route passes it', async () => {
    expect(await route('7')).toEqual({
      status: 200,
      body: {
        produto_id: 7,
        produto_nome: 'K1 Sete',
        in_catalogue: true,
        route: [
          { sequencia: 10, fase_id: 13, fase_nome: 'Gelcoat', coeficiente: 2, coeficiente_x: 0.25 },
          { sequencia: 20, fase_id: 12, fase_nome: 'Laminagem', coeficiente: 1.5, coeficiente_x: 0 },
          { sequencia: 20, fase_id: 14, fase_nome: null, coeficiente: 0, coeficiente_x: null },
          { sequencia: 30, fase_id: 12, fase_nome: 'Laminagem', coeficiente: 1, coeficiente_x: 1 },
        ],
        // The data hold no recorded event, so there is no as_of to tell.
        generated_at: '2026-01-05T08:00:00+00:00',
      },
    });
  });

  it('comes without names when they are not wanted', async () => {
    const { body } = await route('7?names=false');
    expect(body).not.toHaveProperty('produto_nome');
    expect(body.route.slice(0, 2)).toEqual([
      { sequencia: 10, fase_id: 13, coeficiente: 2, coeficiente_x: 0.25 },
      { sequencia: 20, fase_id: 12, coeficiente: 1.5, coeficiente_x: 0 },
    ]);
    expect((await route('7?names=true')).body).toEqual((await route('7')).body);
    expect((await route('7?names=some')).status).toBe(400);
  });

  it('is empty for a product of the catalogue without steps', async () => {
    expect((await route('8')).body).toMatchObject({ produto_nome: 'K2 Oito', in_catalogue: true, route: [] });
  });

  it('is empty for a product that was ordered and is in no catalogue', async () => {
    expect(await route('999')).toMatchObject({
      status: 200,
      body: { produto_id: 999, produto_nome: null, in_catalogue: false, route: [] },
    });
  });

  it.each(['1000', 'abc', '007', '99999999999999999999', '%00', '-7', '7.5'])(
    'is a 404 with detail for %s, neither in the catalogue nor ever ordered',
    async (id) => {
      expect(await route(id)).toMatchObject({
        status: 404,
        body: { detail: expect.stringMatching(/^There is no product '/), error_code: 'NOT_FOUND' },
      });
    },
  );
});
