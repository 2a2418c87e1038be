import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { productEnvironment, serverVersion, withEngine } from '../engine';
import { isSample } from '../workbook-kind';

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
    // An answer of its own, which no load computes: without it, its endpoint would be measured empty.
    const backtest = await engine.cli(['backtest']);
    log(`tried the ETAs on the past in ${backtest.seconds.toFixed(1)} s`);
    await settle(engine.url);
    return use({ ...engine, cwd: workDir });
  });
}

/** Such as `The workbook, 37.1 MB, in a new database`. */
export async function describeSource(source: DataSourceOption): Promise<string> {
  if ('databaseUrl' in source) return 'A database that was loaded before';
  const kind = (await isSample(source.file)) ? 'A generated workbook' : 'The workbook';
  return `${kind}, ${(statSync(source.file).size / 1e6).toFixed(1)} MB, in a new database`;
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
