/** The server the medium tests run on, as global-setup.ts hands it to the test processes. */
export interface TestServer {
  /** A superuser's URL; its database is only used to create and drop others. */
  adminUrl: string;
  /** A migrated database nobody is connected to. */
  template: string;
}

const VARIABLE = 'PRODPLAN_TEST_SERVER';

/** Leaves the server's address where test processes, which inherit the environment, find it. */
export function publishTestServer(server: TestServer): void {
  process.env[VARIABLE] = JSON.stringify(server);
}

/** @throws Error outside the medium project. */
export function testServer(): TestServer {
  const value = process.env[VARIABLE];
  if (value === undefined) throw new Error('No test server: database tests belong to test/medium.');
  return JSON.parse(value) as TestServer;
}

/** The same server's URL for another database. */
export function urlOfDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.toString();
}
