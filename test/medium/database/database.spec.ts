import { Test, TestingModule } from '@nestjs/testing';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ConfigModule, ENV } from '../../../src/config/config.module';
import { readEnv } from '../../../src/config/env';
import { Database } from '../../../src/database/database';
import { DatabaseModule } from '../../../src/database/database.module';
import { preparedName } from '../../../src/database/sql-file';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

const sql = (text: string) => ({ name: 'test', text });
/** Resolves once the session has been seen to be gone; not events.once, which the error before that would end. */
const ended = (client: pg.PoolClient) => new Promise<void>((resolve) => client.once('end', resolve));

describe('Database', () => {
  let testDatabase: TestDatabase;
  let app: TestingModule;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    app = await Test.createTestingModule({ imports: [ConfigModule, DatabaseModule] })
      .overrideProvider(ENV)
      .useValue(readEnv({ DATABASE_URL: testDatabase.url, DATABASE_POOL_SIZE: '2' }))
      .compile();
    await app.init();
    database = app.get(Database);
    await database.query(sql('CREATE TABLE notes (id int PRIMARY KEY)'));
  });

  afterAll(async () => {
    await app.close();
    // Fails when the module left a session open.
    await testDatabase.drop();
  });

  beforeEach(() => database.query(sql('TRUNCATE notes')));

  const ids = async () =>
    (await database.query<{ id: number }>(sql('SELECT id FROM notes ORDER BY id'))).map((r) => r.id);

  it('works in UTC, and reads bigints as numbers and days as text', async () => {
    const rows = await database.query(
      sql(`SELECT current_setting('TimeZone') AS zone, 9007199254740991::bigint AS big, '2025-03-30'::date AS day`),
    );
    expect(rows).toEqual([{ zone: 'UTC', big: Number.MAX_SAFE_INTEGER, day: '2025-03-30' }]);
  });

  it('refuses a bigint that would become another number', async () => {
    await expect(database.query(sql('SELECT 9007199254740993::bigint AS big'))).rejects.toThrow('does not fit');
    expect(await database.query(sql('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('gives a connection string that opens the same kind of session', async () => {
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    const { rows } = await client.query(
      `SELECT current_setting('TimeZone') AS zone, current_setting('application_name') AS name`,
    );
    await client.end();
    expect(rows).toEqual([{ zone: 'UTC', name: 'prodplan' }]);
  });

  it('commits what a transaction did, and nothing of one that throws', async () => {
    await database.transaction((client) => client.query('INSERT INTO notes VALUES (1)'));
    const failed = database.transaction(async (client) => {
      await client.query('INSERT INTO notes VALUES (2)');
      throw new Error('stop');
    });
    await expect(failed).rejects.toThrow('stop');
    expect(await ids()).toEqual([1]);
  });

  it('does not take a transaction for committed whose failure was swallowed', async () => {
    const swallowed = database.transaction(async (client) => {
      await client.query('INSERT INTO notes VALUES (1)');
      await client.query('INSERT INTO notes VALUES (1)').catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow('failed and was not reported');
    expect(await ids()).toEqual([]);
  });

  describe('a snapshot', () => {
    const count = async (client: pg.PoolClient): Promise<number> =>
      (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM notes')).rows[0].n;

    it('stays the same throughout', async () => {
      const counts = await database.snapshot(async (client) => {
        const before = await count(client);
        await database.query(sql('INSERT INTO notes VALUES (7)'));
        return [before, await count(client)];
      });
      expect(counts).toEqual([0, 0]);
      expect(await ids()).toEqual([7]);
    });

    it('answers what is asked at once, each its own, and reads alone', async () => {
      const asked = database.snapshot((client) =>
        Promise.allSettled([
          client.query('SELECT 1 AS one'),
          client.query('SELECT $1::int AS two', [2]),
          client.query('INSERT INTO notes VALUES (1)'),
        ]).then((all) => all.map((each) => (each.status === 'fulfilled' ? (each.value.rows as unknown) : each.reason))),
      );
      expect(await asked).toEqual([
        [{ one: 1 }],
        [{ two: 2 }],
        expect.objectContaining({ message: 'cannot execute INSERT in a read-only transaction' }),
      ]);
      expect(await ids()).toEqual([]);
    });

    it('says what a statement failed of, and leaves the connection as it was', async () => {
      for (let time = 0; time < 3; time += 1) {
        await expect(database.snapshot((client) => client.query('SELECT 1/0'))).rejects.toThrow('division by zero');
        await expect(database.snapshot(() => Promise.reject(new Error('stop')))).rejects.toThrow('stop');
      }
      // Both connections of the pool: COPY and transactions work on them as before.
      await database.withClient(async (one) =>
        database.withClient(async (two) => {
          for (const client of [one, two]) {
            expect(client.getTransactionStatus()).toBe('I');
            const copy = client.query(copyTo('COPY (SELECT 1) TO STDOUT'));
            expect((await copy.toArray()).join('')).toBe('1\n');
          }
        }),
      );
      await database.transaction((client) => client.query('INSERT INTO notes VALUES (1)'));
      expect(await ids()).toEqual([1]);
    });

    it('fails when its session is ended in between, and the next one works', async () => {
      const lost = database.snapshot(async (client) => {
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        const gone = ended(client);
        await database.query(sql('SELECT pg_terminate_backend($1)'), [rows[0].pid]);
        await gone;
        return client.query('SELECT 1');
      });
      await expect(lost).rejects.toThrow();
      for (let time = 0; time < 3; time += 1) expect(await database.snapshot(count)).toBe(0);
    });
  });

  it('outlives a session that the server ends, between two queries too', async () => {
    const lost = database.withClient(async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const gone = ended(client);
      await database.query(sql('SELECT pg_terminate_backend($1)'), [rows[0].pid]);
      await gone;
      await client.query('SELECT 1');
    });
    await expect(lost).rejects.toThrow();
    expect(await database.query(sql('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('asks anew on another connection after a change of the schema that kept plans do not survive', async () => {
    const statement = { name: 'plan', text: 'SELECT id FROM notes' };
    // Both connections of the pool keep a plan.
    await database.withClient(async (one) =>
      database.withClient(async (two) => {
        for (const client of [one, two]) await client.query({ name: preparedName(statement), text: statement.text });
      }),
    );
    await database.query(sql('ALTER TABLE notes ALTER COLUMN id TYPE bigint'));
    const asked = await Promise.allSettled([1, 2].map(() => database.queryPrepared(statement)));
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await Promise.all([1, 2].map(() => database.queryPrepared(statement)))).toEqual([[], []]);
  });
});
