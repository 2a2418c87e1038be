import { PublishedData } from '../../../src/published/published-data';
import { startTestApp, type TestApp } from '../../support/app';
import { addOrders, publish } from './seed';

const COUNT = { name: 'count', text: 'SELECT count(*) AS total FROM core.ordens_fabrico' };

describe('what an answer is read from', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp();
    await addOrders(product.sql, [{ id: 1, created: '2025-01-01T00:00:00Z' }]);
    await publish(product.sql, { asOf: '2025-01-01T00:00:00Z', finishedAt: '2025-02-01T00:00:00Z' });
  });
  afterAll(() => product.close());

  it('is one load from the first statement to the last, whatever is published in between', async () => {
    const published = product.app.get(PublishedData);
    const seen = await published.read(async (query, version) => {
      const before = await query(COUNT);
      await addOrders(product.sql, [{ id: 2, created: '2025-03-01T00:00:00Z' }]);
      await publish(product.sql, { asOf: '2025-03-01T00:00:00Z', finishedAt: '2025-04-01T00:00:00Z' });
      return { version: version?.version, before, after: await query(COUNT) };
    });
    expect(seen).toEqual({ version: 1, before: [{ total: 1 }], after: [{ total: 1 }] });
    expect((await published.current())?.version).toBe(2);
  });

  it('cannot be written to', async () => {
    const published = product.app.get(PublishedData);
    const write = { name: 'write', text: 'DELETE FROM core.ordens_fabrico' };
    await expect(published.read((query) => query(write))).rejects.toThrow(/read-only transaction/);
  });
});
