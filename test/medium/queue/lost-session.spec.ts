import pg from 'pg';
import { sessionUrl } from '../../../src/database/session';
import { PostgresQueues } from '../../../src/queue/queue-backend';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

jest.setTimeout(60_000);

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

it('a session that a queue holds when the server ends it does not end the process, and the queue goes on', async () => {
  const queues = new PostgresQueues(sessionUrl(database.url, 'prodplan'), 1);
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  try {
    await queues.open();
    // As BullMQ takes one for LISTEN, which has nothing of its own that hears of the loss.
    const held = await (queues as unknown as { pool: pg.Pool }).pool.connect();
    const ended = new Promise((resolve) => held.once('end', resolve));
    const { rows } = await held.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await other.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
    // Unheard, the event would be an exception that nobody can catch.
    await ended;
    held.release(true);
    expect(await queues.ping()).toBe(true);
  } finally {
    await other.end();
    await queues.close();
  }
});
