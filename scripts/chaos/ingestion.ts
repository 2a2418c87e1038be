import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { wholeNumber } from '../whole-number';
import { Random } from '@libs/random';
import { runBench } from '../bench/run-bench';
import { table } from '../bench/markdown';
import { type Aim, aims } from './aims';
import { ChaosDatabase } from './database';
import { ProductProcess, productEnvironment, runProgram } from './processes';
import { type Round, verdict } from './rounds';
import { ProductUnderFire } from './system';
import { knownWorkbooks, type KnownWorkbook } from './workbooks';

interface Options {
  file?: string;
  rounds: number;
  seed: number;
  scale: number;
}

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

/** How a load that nobody interrupted went. */
interface Loaded {
  /** of the answer to whoever asked */
  status: number;
  /** from then until nothing ran any more */
  seconds: number;
  faults: string[];
}

/** A load, uninterrupted; what it leaves must be what is known of its workbook. */
async function load(product: ProductUnderFire, workbook: KnownWorkbook, known: KnownWorkbook[]): Promise<Loaded> {
  const status = await product.ask(workbook);
  const began = performance.now();
  await product.settle();
  const seconds = (performance.now() - began) / 1000;
  const faults = await product.raise(`while ${workbook.name} was loaded`);
  const published = await product.published();
  faults.push(...(await product.faults(known)));
  if (status === 409) faults.push(`asked for ${workbook.name}: another load was said to run`);
  if (published?.workbook_name !== workbook.name) faults.push(`${workbook.name} is not published`);
  return { status, seconds, faults };
}

/** @param seconds that an uninterrupted load of the changes takes */
async function shoot(
  product: ProductUnderFire,
  { target, moment }: Aim,
  seconds: number,
  known: [KnownWorkbook, KnownWorkbook],
): Promise<Round> {
  const published = (await product.published())?.workbook_name;
  const [next, other] = published === known[1].name ? known : [known[1], known[0]];
  const killedAfterMs = Math.round(1000 * seconds * moment);
  const status = await product.ask(next);
  await sleep(killedAfterMs);
  const loadWas = await product.loadState();
  const faults = await product.killAndRestart(target);
  if (status !== 202) faults.push(`asked for ${next.name}: answered ${status}`);
  await product.settle();
  faults.push(...(await product.raise(`after ${target} was killed`)));
  const publishedAfterKill = (await product.published())?.workbook_name ?? 'nothing';
  faults.push(...(await product.faults(known)).map((fault) => `after the kill: ${fault}`));
  const again = await load(product, next, known);
  faults.push(...again.faults.map((fault) => `after asking again: ${fault}`));
  // Where nothing was left to do only the other workbook shows that the worker still works.
  const last = again.status === 200 ? await load(product, other, known) : undefined;
  faults.push(...(last?.faults ?? []).map((fault) => `after asking for the other: ${fault}`));
  return { target, killedAfterMs, loadWas, publishedAfterKill, faults };
}

async function main(workDir: string, signal: AbortSignal): Promise<void> {
  const { file, rounds, seed, scale } = parse(process.argv);
  const dir = join(workDir, 'data');
  await mkdir(dir, { mode: 0o755 });
  const known = await knownWorkbooks(dir, file, scale);
  const { seconds, played } = await withProduct(dir, async (product) => {
    const first = await load(product, known[0], known);
    // There and back: the first load of changes takes longer than those that are shot at.
    const there = await load(product, known[1], known);
    const back = await load(product, known[0], known);
    const seconds = Math.min(there.seconds, back.seconds);
    const already = [first, there, back].flatMap(({ faults }) => faults);
    if (already.length > 0) throw new Error(`Already without a kill: ${already.join('; ')}`);
    const done: Round[] = [];
    for (const aim of aims(rounds, new Random(seed, 1))) {
      signal.throwIfAborted();
      const at = await shoot(product, aim, seconds, known);
      done.push(at);
      const said = at.faults.join('; ') || 'as it must be';
      console.error(`${done.length}: ${at.target} after ${at.killedAfterMs} ms, the load ${at.loadWas}: ${said}`);
    }
    return { seconds, played: done };
  });
  const line = ({ target, killedAfterMs, loadWas, publishedAfterKill, faults }: Round, i: number): string[] => [
    String(i + 1),
    target,
    String(killedAfterMs),
    loadWas,
    publishedAfterKill,
    faults.join('; ') || 'none',
  ];
  console.log(table(['round', 'killed', 'after ms', 'the load was', 'published then', 'faults'], played.map(line)));
  console.log(`\nSeed ${seed}; an uninterrupted load of the changes: ${seconds.toFixed(1)} s.`);
  const judged = verdict(played);
  console.log(judged.line);
  if (!judged.isPassed) process.exitCode = 1;
}

runBench(main);
