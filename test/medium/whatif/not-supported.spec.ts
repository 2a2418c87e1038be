import type { NotSupportedDto } from '../../../src/common/not-supported';
import { smallFactory } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

let product: IngestionApp;
beforeAll(async () => {
  product = await startIngestionApp();
});
afterAll(() => product.close());

async function post(path: string): Promise<{ status: number; body: NotSupportedDto }> {
  const answer = await fetch(`${product.url}${path}`, { method: 'POST' });
  return { status: answer.status, body: (await answer.json()) as NotSupportedDto };
}

describe('what no simulation answers yet', () => {
  it('is a 422 without a rate while nothing is loaded', async () => {
    const { status, body } = await post('/api/whatif/simulate');
    expect(status).toBe(422);
    expect(body).toMatchObject({ status: 'NOT_SUPPORTED_BY_DATA', counts: { matches: 0, total: 0 } });
    expect(body).not.toHaveProperty('match_rate');
  });

  it('carries the rate of the loaded data that it would rest on', async () => {
    await product.load(smallFactory());
    // Of the assigned phases 11, 21, 22 and 999 three exist.
    expect((await post('/api/whatif/vip')).body).toMatchObject({
      match_rate: 0.75,
      threshold: 0.9,
      counts: { matches: 3, total: 4 },
    });
  });
});
