import { chmod, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChaosDatabase } from '../database';
import { ProductProcess, productEnvironment, runProgram } from '../processes';
import { ProductUnderFire } from '../system';
import type { Allowed, Driving } from '../traffic';
import type { KnownWorkbook } from '../workbooks';

/** What every fault is tried with. */
export interface Lab extends Driving {
  /** for folders that go away with the harness */
  dir: string;
  /** two workbooks and what each must lead to; they lie in `dir` */
  known: readonly [KnownWorkbook, KnownWorkbook];
  shared: SharedBench;
}

/** What a fault did to the product. */
export interface Outcome {
  /** measured, for the table */
  figures: string;
  /** in words; empty when all was as it must be */
  faults: string[];
  /** why it was not tried */
  skipped?: string;
}

export interface Fault {
  name: string;
  /** what is done, for the table */
  does: string;
  play(lab: Lab): Promise<Outcome>;
}

export const DOWN: Allowed = { codes: ['BACKEND_DEPENDENCY_DOWN'] };
const RECOVERS_WITHIN_MS = 60_000;
const BEGINS_WITHIN_MS = 60_000;
/** Short enough for the smallest workbook. */
const INTO_THE_LOAD_MS = 100;
const NO_LIMITS = { RATE_LIMIT_READS: '0', RATE_LIMIT_COSTLY: '0', RATE_LIMIT_WRITES: '0' };

type LoadInHand = Pick<ProductUnderFire, 'loadState'>;

interface Bench {
  product: ProductUnderFire;
  database: ChaosDatabase;
  environment: NodeJS.ProcessEnv;
}

/** A bench and how it is taken down. */
interface Standing extends Bench {
  process: ProductProcess;
  close(): Promise<void>;
}

/**
 * The product that faults share which need no settings of their own, on the first workbook; taken down when a fault has
 * found something, so that the next one begins with one that is well.
 */
export class SharedBench {
  private standing: Standing | undefined;

  async use(lab: Lab, play: (bench: Bench) => Promise<Outcome>): Promise<Outcome> {
    const standing = (this.standing ??= await setUp(lab, 'shared', {}));
    try {
      const faults = await begin(standing.product, lab);
      const outcome = faults.length > 0 ? { figures: 'already before it', faults } : await play(standing);
      if (outcome.faults.length > 0) await this.close();
      return outcome;
    } catch (error) {
      const state = standing.process.alive ? 'lives' : 'has ended';
      const words = await standing.process.lastWords();
      await this.close();
      throw new Error(`${String(error)} (${String((error as Error).cause)}); the process ${state}: ${words}`, {
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    const { standing } = this;
    this.standing = undefined;
    await standing?.close();
  }
}

/**
 * Plays on a product of its own, that has loaded the first workbook.
 *
 * @param settings beside the product's defaults @param prepare before the schema is made
 */
export async function withBench(
  lab: Lab,
  name: string,
  play: (bench: Bench) => Promise<Outcome>,
  settings: NodeJS.ProcessEnv,
  prepare?: Prepare,
): Promise<Outcome> {
  const bench = await setUp(lab, name, settings, prepare);
  try {
    const faults = await begin(bench.product, lab);
    return faults.length > 0 ? { figures: 'already before it', faults } : await play(bench);
  } finally {
    await bench.close();
  }
}

type Prepare = (database: ChaosDatabase, databaseDir: string) => Promise<void>;

/** One process in all roles, and a PostgreSQL. */
async function setUp(lab: Lab, name: string, settings: NodeJS.ProcessEnv, prepare?: Prepare): Promise<Standing> {
  const databaseDir = await mkdtemp(join(lab.dir, `${name}-`));
  await chmod(databaseDir, 0o755);
  const database = await ChaosDatabase.start(databaseDir);
  try {
    await prepare?.(database, databaseDir);
    const environment = productEnvironment({
      DATA_DIR: lab.dir,
      DATABASE_URL: database.url,
      ...NO_LIMITS,
      ...settings,
    });
    await runProgram('database/migrate.js', [], environment);
    const all = await ProductProcess.start('all', environment, databaseDir);
    const key: Record<string, string> = settings.API_KEY === undefined ? {} : { 'x-api-key': settings.API_KEY };
    const product = new ProductUnderFire(database, { api: all, worker: all }, lab.dir, key);
    return { product, database, environment, process: all, close: () => product.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Loads the first workbook; the first product of all shows before what it answers with each of them. */
async function begin(product: ProductUnderFire, lab: Lab): Promise<string[]> {
  const faults: string[] = [];
  if (lab.answers.isEmpty) {
    for (const which of [0, 1] as const) {
      faults.push(...(await load(product, lab, which)));
      await lab.answers.learn((path) => product.read(path));
    }
  }
  return [...faults, ...(await load(product, lab, 0))];
}

/** Loads a workbook to its end. @returns what is not as it must be then */
export async function load(product: ProductUnderFire, { known }: Lab, which: 0 | 1): Promise<string[]> {
  await product.ask(known[which]);
  return ended(product, known, which);
}

/** Waits for the load in hand. @returns what is not as it must be when it has published workbook `which` */
export async function ended(product: ProductUnderFire, known: Lab['known'], which: 0 | 1): Promise<string[]> {
  await product.settle();
  const faults = await product.faults(known);
  const published = (await product.published())?.workbook_name ?? 'nothing';
  if (published !== known[which].name) faults.push(`${published} is published instead of ${known[which].name}`);
  if (!product.alive) faults.push('the process has ended');
  return faults;
}

/**
 * Does something to the product while the load in hand runs.
 *
 * @returns that none ran, in words: it had ended before, or never began
 */
export async function whileLoading(product: LoadInHand, strike: () => unknown): Promise<string[]> {
  const deadline = Date.now() + BEGINS_WITHIN_MS;
  while ((await product.loadState()) === 'waiting' && Date.now() < deadline) await sleep(10);
  await sleep(INTO_THE_LOAD_MS);
  await strike();
  const state = await product.loadState();
  return state === 'running' ? [] : [`the load was not running then: ${state}`];
}

/** Says how long it took until all was well, or that it did not become so. */
export async function recovery(
  well: (withinMs: number) => Promise<number | undefined>,
): Promise<{ figure: string; faults: string[] }> {
  const ms = await well(RECOVERS_WITHIN_MS);
  if (ms !== undefined) return { figure: `well after ${ms} ms`, faults: [] };
  return { figure: 'never well again', faults: [`not well within ${RECOVERS_WITHIN_MS / 1000} s`] };
}
