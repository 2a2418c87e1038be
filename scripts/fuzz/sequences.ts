/**
 * Several users upload, run, cancel, follow and read at once, with and without the key: docs/proof.md says what must hold.
 *
 * Run: npm run fuzz:sequences -- [--sequences N] [--steps N] [--users N] [--seed N] [--scale N]
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { Random } from '@libs/random';
import { writeSampleWorkbook } from '@libs/sample';
import { describeProcessor, loadAverage } from '../bench/machine';
import { table } from '../bench/markdown';
import { runBench } from '../bench/run-bench';
import { withService, type LocalService } from '../verify/service';
import { act, breakOff, peek, type World } from './sequences/actions';
import { ask, type Answer } from './sequences/client';
import { readFigures, readsOf, tellingReads, type Figures } from './sequences/figures';
import { countBeside, faultOfEnd, faultsOfTally, type Run, type Tally } from './sequences/judge-runs';
import { Watch } from './sequences/watch';
import { badWorkbooks, FIRST, goodWorkbooks, type SequenceWorkbook } from './sequences/workbooks';
import { wholeNumber } from '../whole-number';

interface Options {
  sequences: number;
  steps: number;
  users: number;
  seed: number;
  scale: number;
}

const KEY = 'a-key-of-the-sequences';
/** Between two steps of a user: a load takes about a second. */
const LONGEST_PAUSE_MS = 150;

function parse(argv: readonly string[]): Options {
  return new Command('fuzz:sequences')
    .description('Users who upload, run, cancel, follow and read at once: the data stay those of one workbook')
    .option('--sequences <n>', 'how many, one after the other', wholeNumber, 40)
    .option('--steps <n>', 'of each user in a sequence', wholeNumber, 25)
    .option('--users <n>', 'at once', wholeNumber, 3)
    .option('--seed <n>', 'of what they do', wholeNumber, 1)
    .option('--scale <n>', 'size of the generated workbook; 1 = the real rows', Number, 0.002)
    .parse(argv)
    .opts<Options>();
}

function load(origin: string, name: string): Promise<Answer> {
  const body = JSON.stringify({ path: name });
  return ask(origin, { method: 'POST', path: '/api/ingestion/run', body, type: 'application/json', key: KEY });
}

/** Loads each workbook alone and notes what readers are told then. */
async function learn(
  { url }: LocalService,
  watch: Watch,
  good: readonly SequenceWorkbook[],
  reads: readonly string[],
): Promise<Map<string, Figures>> {
  const known = new Map<string, Figures>();
  for (const { name } of good) {
    const { status, text } = await load(url, name);
    if (status !== 200 && status !== 202) throw new Error(`${name} cannot be loaded: ${status} ${text}`);
    if (!(await watch.settle())) throw new Error(`The load of ${name} does not end.`);
    if ((await watch.published()) !== name) throw new Error(`${name} is not published.`);
    known.set(name, await readFigures(url, KEY, reads));
  }
  const telling = tellingReads(known, reads);
  console.log(`${telling.length} of ${reads.length} reads tell the ${known.size} workbooks apart.`);
  if (telling.length < reads.length / 2) throw new Error('Too few reads tell the workbooks apart to see a mixture.');
  return known;
}

async function play(world: World, { steps, users, seed }: Options, sequence: number): Promise<string[]> {
  const faults: string[] = [];
  const user = async (number: number): Promise<void> => {
    const random = new Random(seed, number, sequence);
    for (let step = 0; step < steps; step += 1) {
      const kind = random.below(20);
      const fault = await (kind === 0 ? breakOff : kind === 1 ? peek : act)(world, random);
      if (fault !== undefined) faults.push(fault);
      await sleep(random.below(LONGEST_PAUSE_MS));
    }
  };
  await Promise.all(Array.from({ length: users }, (_, number) => user(number)));
  return faults;
}

/** What must hold once the users have gone and nothing runs. */
async function afterwards(world: World, watch: Watch, tally: Tally): Promise<string[]> {
  if (!(await watch.settle())) return ['a run is stuck'];
  const runs = world.runs.splice(0);
  const readSpans = world.readSpans.splice(0);
  tally.reads += readSpans.length;
  tally.readsBesideLoads += countBeside(readSpans, await watch.spansOf(runs.map(({ id }) => id)));
  return [
    ...(await faultsOfEnds(world, runs, tally)),
    ...(await faultsAtRest(world, watch)),
    ...(await faultsOfAnotherLoad(world, watch)),
  ];
}

async function faultsOfEnds({ origin }: World, runs: readonly Run[], { ends }: Tally): Promise<string[]> {
  const faults: string[] = [];
  for (const run of runs) {
    const { json } = await ask(origin, { path: `/api/ingestion/status/${run.id}`, key: KEY });
    const status = String(json?.status);
    ends.set(status, (ends.get(status) ?? 0) + 1);
    const fault = faultOfEnd(run, { status, code: (json?.error as { code?: string } | undefined)?.code });
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

async function faultsAtRest(world: World, watch: Watch): Promise<string[]> {
  const faults = await watch.faults();
  const name = (await watch.published()) ?? 'nothing';
  const known = world.known.get(name);
  if (known === undefined) return [...faults, `published is ${name}`];
  const figures = await readFigures(world.origin, KEY, world.reads);
  const wrong = world.reads.filter((path) => figures[path] !== known[path]);
  return [...faults, ...wrong.map((path) => `${path} does not say what ${name} leads to`)];
}

/** After all that a load still works: of a workbook that is not the published one, so that there is something to do. */
async function faultsOfAnotherLoad(world: World, watch: Watch): Promise<string[]> {
  const before = await watch.published();
  const [{ name }] = world.good.filter((workbook) => workbook.name !== before);
  const { status, text } = await load(world.origin, name);
  if (status !== 202) return [`afterwards ${name} cannot be loaded: ${status} ${text.slice(0, 120)}`];
  if (!(await watch.settle())) return [`afterwards the load of ${name} does not end`];
  const published = await watch.published();
  if (published !== name) return [`afterwards ${name} is loaded and ${published ?? 'nothing'} published`];
  return faultsAtRest(world, watch);
}

async function fuzz(service: LocalService, file: string, options: Options, signal: AbortSignal): Promise<string[]> {
  const watch = await Watch.open(service.databaseUrl, service.dataDir);
  try {
    const good = await goodWorkbooks(file, service.dataDir);
    const { json } = await ask(service.url, { path: '/api/prodplan/orders?limit=1', key: KEY });
    const [{ of_id: ofId }] = json?.orders as { of_id: string }[];
    const reads = readsOf(ofId);
    const known = await learn(service, watch, good, reads);
    const world: World = {
      origin: service.url,
      key: KEY,
      good,
      bad: badWorkbooks(good[0]),
      reads,
      known,
      runs: [],
      readSpans: [],
      counts: new Map(),
    };
    const faults: string[] = [];
    const tally: Tally = { ends: new Map(), reads: 0, readsBesideLoads: 0 };
    for (let sequence = 0; sequence < options.sequences; sequence += 1) {
      signal.throwIfAborted();
      const found = [...(await play(world, options, sequence)), ...(await afterwards(world, watch, tally))];
      console.error(`${sequence + 1}: ${found.length === 0 ? 'as it must be' : found.join('; ')}`);
      faults.push(...found.map((fault) => `sequence ${sequence + 1}: ${fault}`));
    }
    const rows = [...world.counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => [what, String(count)]);
    console.log(table(['action: status', 'times'], rows));
    const ends = [...tally.ends].map(([status, count]) => `${count} ${status}`).join(', ');
    console.log(`Runs: ${ends}. Answers read: ${tally.reads}, ${tally.readsBesideLoads} of them while a load ran.`);
    return [...faults, ...faultsOfTally(tally, options.sequences)];
  } finally {
    await watch.close();
  }
}

async function main(workDir: string, signal: AbortSignal): Promise<void> {
  const options = parse(process.argv);
  const loadBefore = loadAverage();
  const file = join(workDir, FIRST);
  await writeSampleWorkbook(file, { scale: options.scale, seed: 7 });
  const settings = { REQUIRE_API_KEY: 'true', REQUIRE_READ_KEY: 'true', API_KEY: KEY };
  const faults = await withService(file, (service) => fuzz(service, file, options, signal), settings);
  for (const fault of faults) console.log(fault);
  const { sequences, users, steps, seed } = options;
  console.log(`\nSeed ${seed}; ${describeProcessor(loadBefore)}.`);
  console.log(
    `${sequences} sequences of ${users} users with ${steps} steps each: ${faults.length} faults: ` +
      (faults.length === 0 ? 'PASSED' : 'FAILED'),
  );
  if (faults.length > 0) process.exitCode = 1;
}

runBench(main);
