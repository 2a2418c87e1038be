import pg from 'pg';
import { createTestDatabase } from '../../support/test-database';

describe('the test databases', () => {
  it('are migrated and each spec has its own', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const client = new pg.Client({ connectionString: one.url });
    await client.connect();
    const { rows } = await client.query<{ name: string }>('SELECT name FROM public.schema_migrations');
    expect(rows.length).toBeGreaterThan(0);
    await client.end();
    expect(one.url).not.toBe(two.url);
    await one.drop();
    await two.drop();
  });

  it('report a session that a test left open', async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url, application_name: 'forgotten' });
    client.on('error', () => undefined);
    await client.connect();
    await expect(database.drop()).rejects.toThrow(/left sessions open:\n.*forgotten/);
    await client.end().catch(() => undefined);
  });
});
