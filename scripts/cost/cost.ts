/**
 * How long it takes from a clone to installed packages, to the first answer and through all tests, and what an image
 * would hold: docs/proof.md.
 *
 * Run: npm run proof:cost -- [--file FILE] [--tests]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { freePort } from '../../src/common/free-port';
import { describeProcessor, loadAverage } from '../bench/machine';
import { table } from '../bench/markdown';
import { runBench } from '../bench/run-bench';
import { bytesOf, Running, type ShellOptions } from './shell';

const ROOT = join(__dirname, '../..');
const INSTALL = ['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'] as const;
/** What the Dockerfile copies into its last stage. */
const IN_IMAGE = ['package.json', 'node_modules', 'dist'];

/** What the product and its tests would take from the caller; how packages are reached is the caller's to say. */
const NOT_THE_CALLERS: readonly string[] = [
  ...['DATABASE_URL', 'REDIS_URL', 'DATA_DIR', 'FOLHA_IA_PATH', 'PORT', 'ROLE', 'NODE_OPTIONS', 'NODE_ENV'],
  ...['TEST_DATABASE_URL', 'TEST_REDIS_URL'],
];

interface Options {
  file?: string;
  tests: boolean;
}

function parse(argv: readonly string[]): Options {
  return new Command('proof:cost')
    .description('From a clone to the first answer and through all tests, with nothing there and with everything there')
    .option('--file <path>', 'load this workbook instead of a generated one')
    .option('--tests', 'run all tests, twice', false)
    .parse(argv)
    .opts<Options>();
}

/** Bootstrap until the key figures of loaded data are answered. @returns seconds to the build, and to the answer */
async function firstAnswer(
  { file }: Options,
  { env, ...shell }: ShellOptions,
): Promise<{ build: number; answer: number }> {
  const port = await freePort();
  const settings = { ...env, PORT: String(port), ...(file !== undefined && { FOLHA_IA_PATH: resolve(file) }) };
  const args = file === undefined ? ['--sample'] : [];
  const bootstrap = new Running(['./scripts/bootstrap.sh', ...args], { ...shell, env: settings });
  let build = 0;
  const answer = await bootstrap.until(async (output) => {
    if (build === 0 && output.includes('Building')) build = bootstrap.seconds;
    return isAnswered(`http://127.0.0.1:${port}/api/kpis/overview`);
  });
  await bootstrap.stop();
  return { build, answer };
}

async function isAnswered(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  return response?.ok === true && 'kpis' in ((await response.json()) as object);
}

async function main(workDir: string, signal: AbortSignal): Promise<void> {
  const options = parse(process.argv);
  const machine = describeProcessor(loadAverage());
  const tree = join(workDir, 'tree');
  const clone = spawnSync('git', ['clone', '--quiet', ROOT, tree], { encoding: 'utf8' });
  if (clone.status !== 0) throw new Error(`The tree cannot be cloned: ${clone.stderr}`);
  // Nothing that an earlier run on this machine has left: packages, compiled tests.
  const temporary = join(workDir, 'tmp');
  mkdirSync(temporary, { mode: 0o777 });
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: temporary, npm_config_cache: join(workDir, 'packages') };
  for (const name of NOT_THE_CALLERS) delete env[name];
  const shell: ShellOptions = { cwd: tree, env, signal };
  const say = (what: string): void => console.error(`  ${what}`);

  say('from nothing to the first answer');
  const cold = await firstAnswer(options, shell);
  say('the same with everything there');
  const warm = await firstAnswer(options, shell);
  const rows = [['first answer, bootstrap.sh', cold.answer, warm.answer]];
  if (options.tests) {
    say('all tests, from nothing');
    rmSync(join(tree, 'node_modules'), { recursive: true });
    rmSync(join(tree, 'dist'), { recursive: true });
    const first = await new Running(['./scripts/test.sh'], shell).end();
    say('all tests again');
    rows.push(['all tests, test.sh', first, await new Running(['./scripts/test.sh'], shell).end()]);
  }
  say('installing again, with every package at hand');
  rows.unshift(['installing, npm ci', cold.build, await new Running([...INSTALL], shell).end()]);
  await new Running(['npm', 'prune', '--omit=dev', '--no-audit', '--no-fund'], shell).end();

  const seconds = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
  console.log(machine);
  console.log(
    table(
      ['', 'nothing there, s', 'everything there, s'],
      rows.map(([what, ...values]) => [what as string, ...(values as number[]).map(seconds)]),
    ),
  );
  const megabytes = IN_IMAGE.map((name) => `${name} ${(bytesOf(join(tree, name)) / 1e6).toFixed(1)}`);
  const sum = IN_IMAGE.reduce((all, name) => all + bytesOf(join(tree, name)), 0);
  console.log(`\nIn an image beside Debian and Node: ${(sum / 1e6).toFixed(0)} MB (${megabytes.join(', ')})`);
  console.log('\nEverything ended as it must: PASSED');
}

runBench(main);
