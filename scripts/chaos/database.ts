import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { attachEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres';
import { sqlFile, withIdentifiers } from '../../src/database/sql-file';
import { TcpRelay } from '../../test/support/tcp-relay';

const LIST_CONTENT_TABLES = sqlFile(__dirname, 'sql/list_content_tables.sql');
const HASH_TABLE = sqlFile(__dirname, 'sql/hash_table.sql');

/**
 * A PostgreSQL that can be killed and comes back: on another port, since it is a new server, but behind an address that
 * stays, as a managed database's does.
 */
export class ChaosDatabase {
  private constructor(
    private readonly dataDir: string,
    private engine: EmbeddedPostgres,
    private readonly relay: TcpRelay,
  ) {}

  static async start(dataDir: string): Promise<ChaosDatabase> {
    const engine = await attachEmbeddedPostgres({ dataDir });
    return new ChaosDatabase(dataDir, engine, await TcpRelay.before(engine.url));
  }

  /** The address for the product. */
  get url(): string {
    return this.relay.through(this.engine.url);
  }

  /** kill -9 of the server, then a new one on the same files. */
  async killAndRestart(): Promise<void> {
    process.kill(this.engine.pid, 'SIGKILL');
    await this.engine.close();
    this.engine = await attachEmbeddedPostgres({ dataDir: this.dataDir });
    this.relay.retarget(this.engine.url);
  }

  /** Stops the server in order (fast shutdown), waits, and starts it again. */
  async restart(awayMs: number): Promise<void> {
    await this.engine.close();
    await sleep(awayMs);
    this.engine = await attachEmbeddedPostgres({ dataDir: this.dataDir });
    this.relay.retarget(this.engine.url);
  }

  /** Moves the product's database into a folder of its own, which the server's account must own; nobody may be connected. */
  async moveTo(folder: string): Promise<void> {
    const name = new URL(this.engine.url).pathname.slice(1);
    const elsewhere = new URL(this.engine.url);
    elsewhere.pathname = '/postgres';
    await connected(elsewhere.toString(), async (client) => {
      await client.query(`CREATE TABLESPACE chaos LOCATION ${client.escapeLiteral(folder)}`);
      await client.query(`ALTER DATABASE ${client.escapeIdentifier(name)} SET TABLESPACE chaos`);
    });
  }

  /** A connection of the harness's own. */
  with<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    return connected(this.engine.url, work);
  }

  /** One hash a table of what follows from the published workbook; equal exactly when the rows are. */
  content(): Promise<Record<string, string>> {
    return this.with(async (client) => {
      const { rows } = await client.query<{ name: string }>(LIST_CONTENT_TABLES.text);
      const hashes: Record<string, string> = {};
      for (const { name } of rows) {
        const hashed = await client.query<{ hash: string }>(withIdentifiers(HASH_TABLE, { table: name }).text);
        hashes[name] = hashed.rows[0].hash;
      }
      return hashes;
    });
  }

  async close(): Promise<void> {
    await this.relay.refuse();
    await this.engine.close();
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // The harness's own sorting spills elsewhere than to the disk that it has filled.
    await client.query("SET temp_tablespaces = 'pg_default'");
    return await work(client);
  } finally {
    await client.end();
  }
}
