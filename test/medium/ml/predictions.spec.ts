import type { ExplanationDto, LeadTimePredictionDto, RiskPredictionDto } from '../../../src/ml/dto/answers.dto';
import { KnownPasts } from '../../../src/ml/serving/known-past';
import { startTestApp, type TestApp } from '../../support/app';
import { seedSeasonalFactory } from './seasonal-factory';

let product: TestApp;

async function ask<T>(path: string, body?: object): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${product.url}/api/ml/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

describe('a factory that has finished too few orders', () => {
  beforeAll(async () => {
    product = await startTestApp();
    // Of 540 orders the last 20 to 39 days' are open: fewer than 520 are finished, and 60 a day earlier.
    await seedSeasonalFactory(product.sql, 500);
  });
  afterAll(() => product.close());

  it('is told how many there are and how many are needed', async () => {
    const { rows } = await product.sql.query<{ count: number }>(
      'SELECT count(of_data_acabamento)::int AS count FROM core.ordens_fabrico',
    );
    const { status, body } = await ask('predict/leadtime?modelo_id=1');
    expect(status).toBe(422);
    expect(body).toMatchObject({
      status: 'NOT_SUPPORTED_BY_DATA',
      counts: { finished_orders: rows[0].count, needed: 500 },
      match_rate: rows[0].count / 500,
    });
  });
});

describe('before any training', () => {
  beforeAll(async () => {
    product = await startTestApp();
    await seedSeasonalFactory(product.sql, 900);
  });
  afterAll(() => product.close());

  it('the baseline answers, and says that it does', async () => {
    const { status, body } = await ask<LeadTimePredictionDto>('predict/leadtime?modelo_id=1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      prediction_method: 'baseline',
      method_reason: 'No trained model has beaten the baseline yet.',
      baseline_level: 'product',
      produto_id: 1,
      feature_set: 'creation',
    });
    expect(body.predicted_leadtime_hours).toBe(body.baseline_leadtime_hours);
    const [low, high] = body.confidence_interval;
    // All lead times lie from 20 to 79 days.
    expect(low).toBeGreaterThanOrEqual(20 * 24);
    expect(high).toBeLessThanOrEqual(79 * 24);
    expect((await ask('predict/leadtime', { produto_id: 1 })).body).toEqual(body);
  });

  it('an order that exists is answered for as of its creation, and told what came of it', async () => {
    const { body } = await ask<LeadTimePredictionDto>('predict/leadtime?of_id=700');
    const { rows } = await product.sql.query<{ hours: number }>(
      `SELECT extract(epoch FROM of_data_acabamento - of_data_criacao)::float8 / 3600 AS hours
       FROM core.ordens_fabrico WHERE of_id = 700`,
    );
    expect(body).toMatchObject({ of_id: '700', actual_leadtime_hours: rows[0].hours });
  });

  it('an order closed without a finish is known as such: nobody waits for its finish any more', async () => {
    await product.sql.query('UPDATE core.ordens_estado SET is_closed = true WHERE of_id IN (700, 899)');
    await product.sql.query('UPDATE ops.ops_cache_version SET version = version + 1');
    const known = await product.app.get(KnownPasts).current();
    const closed = known?.past.orders.filter((order) => order.closed !== undefined);
    const { rows } = await product.sql.query<{ last: number }>(
      'SELECT extract(epoch FROM last_event_at)::float8 AS last FROM core.ordens_estado WHERE of_id = 899',
    );
    // 700 is closed with a finish; 899, two days old, without one.
    expect(closed?.map((order) => [order.id, order.closed])).toEqual([[899, rows[0].last]]);
  });

  it('risks are probabilities, by any and by severe errors', async () => {
    const { body } = await ask<RiskPredictionDto>('predict/risk', { modelo_id: 2 });
    expect(body).toMatchObject({ prediction_method: 'baseline', severe_method: 'baseline' });
    // Half the year four of five orders have an error, every second of them a severe one.
    expect(body.predicted_risk).toBeGreaterThan(0.2);
    expect(body.predicted_risk).toBeLessThan(0.6);
    expect(body.severe_risk).toBeLessThan(body.predicted_risk);
  });

  it('what the baseline says is explained by the group it asked', async () => {
    const { body } = await ask<ExplanationDto>('explain/leadtime', { modelo_id: 3 });
    const sum = body.features.reduce((total, { contribution }) => total + contribution, 0);
    expect(body.base_value + sum).toBeCloseTo(body.prediction, 6);
    expect(body.features[0].name).toBe('usual lead time (of the product)');
  });

  it('a product that nobody knows is a 404, unless its family is named', async () => {
    expect(await ask('predict/leadtime?modelo_id=77')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('There is no product 77') },
    });
    expect(await ask('predict/leadtime?modelo_id=77&family=K1%20Vanquish')).toMatchObject({
      status: 200,
      body: { family: 'K1 Vanquish', baseline_level: 'family' },
    });
    expect((await ask('predict/risk?family=Barco')).status).toBe(404);
    expect((await ask('predict/risk?of_id=99999')).status).toBe(404);
  });

  it.each([
    ['nothing', {}, 'Nothing is asked for'],
    ['a feature that there is not', { modelo_id: 1, features: { colour: 3 } }, 'features.colour is no feature'],
    ['a feature that is no number', { modelo_id: 1, features: { backlog: 'much' } }, 'must be numbers'],
    ['a transport date that is not there', { modelo_id: 1, feature_set: 'transport' }, 'give data_transporte'],
    ['two products', { modelo_id: 1, produto_id: 2 }, 'two names of one filter'],
  ])('asking for %s is a 400 that says what to do', async (_, question, detail) => {
    expect(await ask('predict/leadtime', question)).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining(detail) },
    });
  });
});
