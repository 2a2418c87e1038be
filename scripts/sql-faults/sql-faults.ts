/**
 * Makes hand-made faults in the SQL, each by itself, in a copy of the tree, and looks whether the tests that are named
 * with each notice it: docs/proof.md.
 *
 * Run: npm run proof:sql-faults -- [--only WORD…] [--list]
 */
import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { attachEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres';
import { table } from '../bench/markdown';
import { runBench } from '../bench/run-bench';
import type { SqlFault } from './fault';
import { DERIVATIONS } from './faults/derivations';
import { FIGURES } from './faults/figures';
import { FINDINGS } from './faults/findings';
import { INGESTION } from './faults/ingestion';
import { INVENTORY_AND_OPS } from './faults/inventory-and-ops';
import { PRODPLAN } from './faults/prodplan';
import { SERVER_SETTINGS, SpecRunner } from './specs';
import { TreeCopy } from './tree-copy';
import { nameOf, type Trial, tryFaults } from './try-faults';

const ROOT = join(__dirname, '../..');
const FAULTS = [...INGESTION, ...FINDINGS, ...DERIVATIONS, ...FIGURES, ...PRODPLAN, ...INVENTORY_AND_OPS];

interface Options {
  only?: string[];
  testsPassed: boolean;
  list: boolean;
}

function parse(argv: readonly string[]): Options {
  return new Command('proof:sql-faults')
    .description('Make faults in the SQL of a copy, and look whether the tests notice')
    .option('--only <words...>', 'faults whose file or mistake holds one of these words')
    .option('--tests-passed', 'do not run the specs as they are: they were run and passed', false)
    .option('--list', 'list the faults and end', false)
    .parse(argv)
    .opts<Options>();
}

/** @throws Error where a word names no fault: a harness that tried nothing has shown nothing */
function chosen(only: readonly string[] | undefined): SqlFault[] {
  const holds = ({ sql, mistake }: SqlFault, word: string): boolean => sql.includes(word) || mistake.includes(word);
  for (const word of only ?? []) {
    if (!FAULTS.some((fault) => holds(fault, word))) throw new Error(`No fault has "${word}" in its file or mistake.`);
  }
  return FAULTS.filter((fault) => only === undefined || only.some((word) => holds(fault, word)));
}

async function main(workDir: string, signal: AbortSignal): Promise<void> {
  const options = parse(process.argv);
  const faults = chosen(options.only);
  if (options.list) {
    for (const fault of faults) console.log(nameOf(fault));
    return;
  }
  // By the name that programs see it under: Jest tells its own files apart by that.
  const tree = TreeCopy.make(ROOT, join(realpathSync(workDir), 'tree'));
  const wrong = faults.flatMap((fault) => {
    const why = tree.check(fault);
    return why === undefined ? [] : [`${nameOf(fault)}: ${why}`];
  });
  if (wrong.length > 0) throw new Error(`These faults cannot be made:\n${wrong.join('\n')}`);
  const dataDir = join(workDir, 'data');
  mkdirSync(dataDir);
  // As root the server runs under another account, which has to get in.
  chmodSync(dataDir, 0o755);
  const engine = await attachEmbeddedPostgres({ dataDir, settings: SERVER_SETTINGS });
  try {
    const serverLog = join(dataDir, 'logs/postgres.log');
    const runner = new SpecRunner({ root: tree.root, serverUrl: engine.url, serverLog, workDir, signal });
    const log = (line: string): void => console.error(`  ${new Date().toISOString().slice(11, 19)} ${line}`);
    report(await tryFaults(faults, tree, runner, { isSound: options.testsPassed, log }));
  } finally {
    await engine.close();
  }
}

function report(trials: readonly Trial[]): void {
  console.log(
    table(
      ['fault', 'caught by', 's'],
      trials.map(({ fault, caughtBy, broken, seconds }) => [
        nameOf(fault),
        broken ?? caughtBy ?? 'NOTHING',
        seconds.toFixed(1),
      ]),
    ),
  );
  const caught = trials.filter(({ caughtBy }) => caughtBy !== undefined).length;
  console.log(`\n${caught} of ${trials.length} caught: ${caught === trials.length ? 'PASSED' : 'FAILED'}`);
  if (caught < trials.length) process.exitCode = 1;
}

runBench(main);
