/**
 * The least that any server with these answers must do: express and a pool of node-postgres, nothing else. For each
 * request it runs the statements that the product sent for it, on one connection, and sends the same JSON. It is told
 * both by its parent, and tells its port.
 */
import express from 'express';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import type { Statement } from './api/statement';

export interface BareRoute {
  path: string;
  statements: Statement[];
  body: string;
}

export interface BareSettings {
  /** with the session settings of the product's own connections */
  url: string;
  poolSize: number;
  routes: BareRoute[];
}

function serve({ url, poolSize, routes }: BareSettings): void {
  const pool = new Pool({ connectionString: url, max: poolSize });
  const app = express();
  for (const { path, statements, body } of routes) {
    // Serialised anew for each request, as the product does.
    const answer = JSON.parse(body) as unknown;
    app.get(path, async (_request, response) => {
      if (statements.length > 0) {
        const client = await pool.connect();
        try {
          for (const statement of statements) await client.query(statement);
        } finally {
          client.release();
        }
      }
      response.json(answer);
    });
  }
  const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

process.once('message', (settings) => serve(settings as BareSettings));
process.on('SIGTERM', () => process.exit(0));
