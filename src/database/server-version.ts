const OLDEST = 150_000;

/** What a server says of itself: `server_version_num` (150004) and `server_version` ('15.4 (Debian …)'). */
export interface ServerVersion {
  num: number;
  text: string;
}

/** Anything that answers one query: a pool, a client, or a test's own. */
export interface Queryable {
  query(text: string): Promise<{ rows: unknown[] }>;
}

/**
 * Asks the server for its version.
 * @throws Error naming the version found when it is older than 15.
 */
export async function requireServerVersion(connection: Queryable): Promise<ServerVersion> {
  const { rows } = await connection.query(
    `SELECT current_setting('server_version_num')::int AS num, current_setting('server_version') AS text`,
  );
  const version = rows[0] as ServerVersion;
  if (version.num < OLDEST) {
    throw new Error(
      `PostgreSQL 15+ only. The server of DATABASE_URL is PostgreSQL ${version.text}: use a newer server, ` +
        'or leave DATABASE_URL out to use the embedded one.',
    );
  }
  return version;
}
