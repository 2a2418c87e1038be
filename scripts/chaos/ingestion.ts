import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { wholeNumber } from '../whole-number';
import { Random } from '@libs/random';
import { runBench } from '../bench/run-bench';
import { table } from '../bench/markdown';
import { ChaosDatabase } from './database';
import { ProductProcess, productEnvironment, runProgram } from './processes';
import { ProductUnderFire, TARGETS, type Target } from './system';
import { knownWorkbooks, type KnownWorkbook } from './workbooks';

interface Options {
  file?: string;
  rounds: number;
  seed: number;
  scale: number;
}

/** What one round did and found. */
interface Round {
  target: Target;
  /** after the load was asked for */
  killedAfterMs: number;
  /** whose content readers saw once the dust had settled, before anybody asked again */
  publishedAfterKill: string;
  faults: string[];
}

/** Kills come from before the load has begun until after it has ended. */
const LATEST_KILL = 1.15;

function parse(argv: readonly string[]): Options {
  return new Command('chaos:ingestion')
    .description('kill -9 the worker, the API or PostgreSQL at random moments of loads, and look at what is left')
    .option('--file <file>', 'the workbook (default: a generated one)')
    .option('--rounds <n>', 'how often', wholeNumber, 20)
    .option('--seed <n>', 'of the moments and targets', wholeNumber, 1)
    .option('--scale <n>', 'size of the generated workbook; 1 = the real rows', Number, 0.05)
    .parse(argv)
    .opts<Options>();
}

async function withProduct<T>(
  dir: string,
  use: (product: ProductUnderFire, dataDir: string) => Promise<T>,
): Promise<T> {
  const database = await ChaosDatabase.start(dir);
  const environment = productEnvironment({ DATA_DIR: dir, DATABASE_URL: database.url });
  await runProgram('database/migrate.js', [], environment);
  const processes = {
    api: await ProductProcess.start('api', environment, dir),
    worker: await ProductProcess.start('worker', environment, dir),
  };
  const product = new ProductUnderFire(database, processes, dir);
  try {
    return await use(product, dir);
  } finally {
    await product.close();
  }
}

/** A load, uninterrupted; what it leaves must be what is known of its workbook. */
async function load(product: ProductUnderFire, workbook: KnownWorkbook, known: KnownWorkbook[]): Promise<string[]> {
  const status = await product.ask(workbook);
  await product.settle();
  const published = await product.published();
  const faults = await product.faults(known);
  if (status === 409) faults.push(`asked for ${workbook.name}: another load was said to run`);
  if (published?.workbook_name !== workbook.name) faults.push(`${workbook.name} is not published`);
  return faults;
}

async function shoot(product: ProductUnderFire, next: KnownWorkbook, known: KnownWorkbook[], random: Random) {
  const target = TARGETS[random.below(TARGETS.length)];
  const killedAfterMs = random.below(Math.ceil(next.seconds * 1000 * LATEST_KILL));
  await product.ask(next);
  await sleep(killedAfterMs);
  const faults = await product.killAndRestart(target);
  await product.settle();
  const publishedAfterKill = (await product.published())?.workbook_name ?? 'nothing';
  faults.push(...(await product.faults(known)).map((fault) => `after the kill: ${fault}`));
  faults.push(...(await load(product, next, known)).map((fault) => `after asking again: ${fault}`));
  return { target, killedAfterMs, publishedAfterKill, faults } satisfies Round;
}

async function main(workDir: string, signal: AbortSignal): Promise<void> {
  const { file, rounds, seed, scale } = parse(process.argv);
  const random = new Random(seed, 1);
  const dir = join(workDir, 'data');
  await mkdir(dir, { mode: 0o755 });
  const known = await knownWorkbooks(dir, file, scale);
  const done = await withProduct(dir, async (product) => {
    const first = await load(product, known[0], known);
    if (first.length > 0) throw new Error(`Already without a kill: ${first.join('; ')}`);
    const played: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      signal.throwIfAborted();
      const at = await shoot(product, known[(round + 1) % known.length], known, random);
      played.push(at);
      console.error(
        `${round + 1}: ${at.target} after ${at.killedAfterMs} ms: ${at.faults.join('; ') || 'as it must be'}`,
      );
    }
    return played;
  });
  const faulty = done.filter(({ faults }) => faults.length > 0);
  const line = ({ target, killedAfterMs, publishedAfterKill, faults }: Round, i: number): string[] => [
    String(i + 1),
    target,
    String(killedAfterMs),
    publishedAfterKill,
    faults.join('; ') || 'none',
  ];
  console.log(table(['round', 'killed', 'after ms', 'published then', 'faults'], done.map(line)));
  const loads = known.map(({ name, seconds }) => `${name} ${seconds.toFixed(1)} s`).join(', ');
  console.log(`\nSeed ${seed}; uninterrupted loads: ${loads}.`);
  console.log(
    `${done.length - faulty.length} of ${done.length} rounds without a fault: ${faulty.length > 0 ? 'FAILED' : 'PASSED'}`,
  );
  if (faulty.length > 0) process.exitCode = 1;
}

runBench(main);
