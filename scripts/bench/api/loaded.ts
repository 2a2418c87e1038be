import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type BenchEngine, productEnvironment, serverVersion, withEngine } from '../engine';
import { isSample } from '../workbook-kind';
import { startProduct } from './product';

/** Where the data come from: a workbook, loaded into a new database, or a database that holds one already. */
export type DataSourceOption = { file: string } | { databaseUrl: string };

/** A database with a published load, and how processes of the product are started on it. */
export interface Loaded {
  url: string;
  environment: NodeJS.ProcessEnv;
  cwd: string;
  serverVersion: string;
}

export interface LoadedOptions {
  source: DataSourceOption;
  workDir: string;
  signal: AbortSignal;
  log: (line: string) => void;
}

/** Gives `use` a loaded database; a new one is taken away afterwards. */
export async function withLoaded<T>(options: LoadedOptions, use: (loaded: Loaded) => Promise<T>): Promise<T> {
  const { source, workDir, signal, log } = options;
  if ('databaseUrl' in source) {
    const url = source.databaseUrl;
    const environment = productEnvironment({ DATABASE_URL: url, DATA_DIR: workDir });
    return use({ url, environment, cwd: workDir, serverVersion: await serverVersion(url) });
  }
  return withEngine(workDir, signal, async (engine) => {
    log('loading the workbook into a new database');
    const { seconds } = await engine.cli(['ingest', resolve(source.file), '--json']);
    log(`loaded in ${seconds.toFixed(1)} s`);
    await makeReady(engine, signal, log);
    return use({ ...engine, cwd: workDir });
  });
}

/** Seconds from a service's start to what follows a publish. */
export interface FollowUp {
  /** to the tables for reading */
  reading: number;
  /** to the backtest, which goes on beside them; NaN where it was not waited for */
  backtest: number;
}

/** Does to a new load what a service and autovacuum would do within minutes. */
export async function makeReady(
  engine: BenchEngine,
  signal: AbortSignal,
  log: (line: string) => void,
  withBacktest = true,
): Promise<FollowUp> {
  const seconds = await followUp(engine, engine.url, signal, withBacktest);
  const backtest = withBacktest ? `, the backtest after ${seconds.backtest.toFixed(1)} s` : '';
  log(`tables for reading after ${seconds.reading.toFixed(1)} s${backtest}`);
  await settle(engine.url);
  return seconds;
}

/** Such as `The workbook, 37.1 MB, in a new database`. */
export async function describeSource(source: DataSourceOption): Promise<string> {
  if ('databaseUrl' in source) return 'A database that was loaded before';
  const kind = (await isSample(source.file)) ? 'A generated workbook' : 'The workbook';
  return `${kind}, ${(statSync(source.file).size / 1e6).toFixed(1)} MB, in a new database`;
}

/** Ten years of orders take minutes, on a machine that others use too half an hour. */
const FOLLOW_UP_MS = 45 * 60_000;
const IS_FOLLOWED_UP = `
  SELECT
    EXISTS (SELECT FROM analytics.reading_state WHERE version = published.version) AS reading,
    EXISTS (SELECT FROM analytics.eta_backtest WHERE version = published.version) AS backtest
  FROM ops.ops_cache_version AS published`;

/** Lets a service do what it does within a minute after each publish, as it would where the data were loaded to be read. */
async function followUp(
  { environment }: Pick<BenchEngine, 'environment'>,
  url: string,
  signal: AbortSignal,
  withBacktest: boolean,
): Promise<FollowUp> {
  const begun = performance.now();
  const { service } = await startProduct({
    environment,
    cwd: environment.DATA_DIR ?? '.',
    role: 'all',
    cacheEnabled: true,
    signal,
  });
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const deadline = Date.now() + FOLLOW_UP_MS;
    const done = { reading: NaN, backtest: NaN };
    while (Number.isNaN(done.reading) || (withBacktest && Number.isNaN(done.backtest))) {
      await sleep(200, undefined, { signal });
      if (Date.now() > deadline) throw new Error('What follows a publish was not done within 45 minutes.');
      const { rows } = await client.query<Record<keyof FollowUp, boolean>>(IS_FOLLOWED_UP);
      const seconds = (performance.now() - begun) / 1000;
      for (const what of ['reading', 'backtest'] as const) {
        if (rows.at(0)?.[what] === true && Number.isNaN(done[what])) done[what] = seconds;
      }
    }
    return done;
  } finally {
    await client.end();
    await service.stop();
  }
}

/** What autovacuum does within minutes of a load, done at once: else it would fall into some of the measurements. */
async function settle(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}
