import { Client } from 'pg';
import { sessionUrl } from '../../../src/database/session';
import type { Captured } from './capture';
import type { ExplainedStatement } from './plan';
import { isTransactionControl, type Statement } from './statement';

export interface Explained {
  statement: Statement;
  explained: ExplainedStatement;
}

export interface ExplainedEndpoint {
  captured: Captured;
  statements: Explained[];
}

const EXPLAIN = 'EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, FORMAT JSON)';

/** The plan of every captured statement, with its own values; each ran once before, so that its pages are in memory. */
export async function explainAll(url: string, captured: readonly Captured[]): Promise<ExplainedEndpoint[]> {
  const client = new Client({ connectionString: sessionUrl(url, 'explain') });
  await client.connect();
  try {
    const all: ExplainedEndpoint[] = [];
    for (const one of captured) {
      const statements: Explained[] = [];
      for (const statement of one.statements.filter(({ text }) => !isTransactionControl(text))) {
        statements.push(await explainOne(client, statement));
      }
      all.push({ captured: one, statements });
    }
    return all;
  } finally {
    await client.end();
  }
}

async function explainOne(client: Client, statement: Statement): Promise<Explained> {
  const { text, values } = statement;
  // EXPLAIN ANALYZE executes: whatever a request wrote is not written twice.
  await client.query('BEGIN READ ONLY');
  try {
    await client.query(text, values);
    const { rows } = await client.query<{ 'QUERY PLAN': ExplainedStatement[] }>(`${EXPLAIN} ${text}`, values);
    return { statement, explained: rows[0]['QUERY PLAN'][0] };
  } finally {
    await client.query('ROLLBACK');
  }
}

/** How many months of phases there are, the default partition among them. */
export async function countMonths(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: string }>(
      "SELECT count(*) AS n FROM pg_inherits WHERE inhparent = 'core.fases_ordem_fabrico'::regclass",
    );
    return Number(rows[0].n);
  } finally {
    await client.end();
  }
}
