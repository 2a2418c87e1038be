import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { DataSource } from 'typeorm';
import { Env, loadEnv } from '../../config/env';
import { buildDataSource, runMigrations } from '../../database/data-source';
import { openDatabaseTarget } from '../../database/database-target';
import { hasFailed } from '../../published/check';
import { checkRelease } from '../../published/release-gate';
import { formatChecks } from './check';
import { EndedBySignal, runNode } from './child';
import { checkPrerequisites } from './prerequisites';
import { writeVerdict } from './verdict';

const CLI = join(__dirname, '..', 'main.js');
/** The generated workbook of --sample: 2 % of the real one's rows, always the same. */
const SAMPLE = ['--scale', '0.02', '--seed', '7'];

interface Options {
  sample: boolean;
  serve: boolean;
}

function parseOptions(args: readonly string[]): Options {
  const unknown = args.find((arg) => !['--sample', '--no-serve'].includes(arg));
  if (unknown !== undefined) throw new Error(`Unknown option ${unknown}. Use: bootstrap.sh [--sample] [--no-serve]`);
  return { sample: args.includes('--sample'), serve: !args.includes('--no-serve') };
}

/**
 * Everything between a build and a service: database, migrations, prerequisites, workbook, release gate.
 * Holds the embedded engine meanwhile, so that the commands it runs find it up.
 * @returns the exit code: 0 when the service may start.
 */
async function bootstrap(options: Options, env: Env): Promise<number> {
  mkdirSync(env.dataDir, { recursive: true });
  const target = await openDatabaseTarget(env);
  const dataSource = buildDataSource(target.url, 2);
  try {
    await dataSource.initialize();
    const applied = await runMigrations(dataSource);
    for (const name of applied) console.log(`migrated: ${name}`);
    return await prepareData(options, env, dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await target.close();
  }
}

async function prepareData(options: Options, env: Env, dataSource: DataSource): Promise<number> {
  const workbook = options.sample ? await sampleWorkbook(env) : env.folhaIaPath;
  const { bavail, bsize } = statfsSync(env.dataDir);
  const prerequisites = await checkPrerequisites(env, dataSource, workbook, options.serve, bavail * bsize);
  console.log(formatChecks('Prerequisites', prerequisites));
  if (hasFailed(prerequisites)) return 1;

  const loaded = existsSync(workbook) ? await runNode(CLI, ['ingest', workbook]) : 0;
  const release = await checkRelease(dataSource);
  writeVerdict(join(env.dataDir, 'reports'), release);
  const verdict = hasFailed(release) ? 'BLOCKED' : 'PASSED';
  console.log(formatChecks(`Release gate: ${verdict}`, release));
  if (loaded === 0 && !hasFailed(release)) return 0;
  // A workbook that could not be loaded takes nothing away from the data already published: the service still starts.
  console.error('The load failed or the release is blocked; what was published before stays as it was.');
  return options.serve ? 0 : 1;
}

async function sampleWorkbook(env: Env): Promise<string> {
  const path = join(env.dataDir, 'sample', 'Folha_IA_sample.xlsx');
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const code = await runNode(CLI, ['sample', ...SAMPLE, '--out', path]);
  if (code !== 0) throw new Error('The sample workbook could not be written.');
  return path;
}

async function main(): Promise<number> {
  try {
    return await bootstrap(parseOptions(process.argv.slice(2)), loadEnv());
  } catch (error) {
    console.error((error as Error).message);
    return error instanceof EndedBySignal ? 128 + constants.signals[error.signal] : 1;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
