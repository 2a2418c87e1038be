import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { smallFactory } from '../../support/factory-workbook';

// A busy machine needs many times the seconds of a start.
jest.setTimeout(180_000);

const ROOT = join(__dirname, '../../..');
const QUESTIONS: [string, object][] = [
  ['simulate', { capacity_overrides: { 1: 2 }, priority_rule: 'RANDOM', seed: 4 }],
  ['simulate', { stochastic: { replications: 5 }, future_arrivals: { days: 30 } }],
  ['vip', { sku: '100', quantidade: 2, prazo: '2025-03-10' }],
  ['avaria', { recurso: 'Laminagem', de: '2025-02-28', ate: '2025-03-04' }],
];

let product: IngestionApp;
let first: string[];
beforeAll(async () => {
  product = await startIngestionApp();
  await product.load(smallFactory());
  first = await answersOf(product.url);
});
afterAll(() => product.close());

async function answersOf(url: string): Promise<string[]> {
  const answers: string[] = [];
  for (const [path, body] of QUESTIONS) {
    const answer = await fetch(`${url}/api/whatif/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    answers.push(await answer.text());
  }
  return answers;
}

/** Nothing stays of what was computed: whoever is asked next computes it anew. */
async function forget(): Promise<void> {
  const runs = await product.sql.query('DELETE FROM ops.whatif_runs');
  expect(runs.rowCount).toBe(QUESTIONS.length);
  await product.sql.query('DELETE FROM analytics.whatif_model');
}

async function startProcess(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['-r', '@swc-node/register', 'src/main.ts'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...{ PORT: '0', ROLE: 'api', DATABASE_URL: product.env.databaseUrl, DATA_DIR: product.env.dataDir },
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  while (child.exitCode === null) {
    const [, url] = /Listening on (http:\/\/127\.0\.0\.1:\d+) /.exec(out) ?? [];
    if (url !== undefined) return { child, url };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The process ended before it listened: ${out}`);
}

describe('the same question about the same data has the same bytes', () => {
  it('in two other processes, one after the other, that find nothing stored', async () => {
    for (let start = 0; start < 2; start++) {
      await forget();
      const { child, url } = await startProcess();
      try {
        expect(await answersOf(url)).toEqual(first);
      } finally {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
    }
  });

  it('in another installation that loads the same workbook', async () => {
    const other = await startIngestionApp();
    try {
      await other.load(smallFactory());
      expect(await answersOf(other.url)).toEqual(first);
    } finally {
      await other.close();
    }
  });
});
