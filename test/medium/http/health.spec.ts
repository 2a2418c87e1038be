import { startTestApp, type TestApp } from '../../support/app';

describe('GET /api/health', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp();
  });
  afterAll(() => product.close());

  it('is healthy on an empty database without Redis', async () => {
    const answer = await fetch(`${product.url}/api/health`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'healthy', db_connected: true, redis_connected: false });
  });
});
