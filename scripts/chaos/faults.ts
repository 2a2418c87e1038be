import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { table } from '../bench/markdown';
import { runBench } from '../bench/run-bench';
import { KnownAnswers } from './answers';
import { clockJumps } from './faults/clock';
import { databaseRestarted, migrationUnderTraffic } from './faults/database';
import { diskFullExtracting, diskFullLoading, diskFullReporting } from './faults/disk-full';
import { type Fault, type Lab, type Outcome, SharedBench } from './faults/lab';
import { redisAway } from './faults/redis';
import { twoLoads } from './faults/two-loads';
import { Traffic } from './traffic';
import { knownWorkbooks } from './workbooks';

const FAULTS: readonly Fault[] = [
  diskFullExtracting,
  diskFullReporting,
  diskFullLoading,
  databaseRestarted,
  redisAway,
  clockJumps,
  twoLoads,
  migrationUnderTraffic,
];

interface Options {
  file?: string;
  scale: number;
  connections: number;
  healthSeconds: number;
  only?: string[];
}

function parse(argv: readonly string[]): Options {
  return new Command('chaos:faults')
    .description(
      'Take disks, the database, Redis, the clock and the schema from a product at work, and look at what it does',
    )
    .option('--file <file>', 'the workbook (default: a generated one)')
    .option('--scale <n>', 'size of the generated workbook; 1 = the real rows', Number, 0.05)
    .option('--connections <n>', 'how many ask for pages at the same time', Number, 16)
    .option('--health-seconds <n>', 'within which /api/health must answer', Number, 2)
    .option('--only <words...>', 'faults whose names hold one of these words')
    .parse(argv)
    .opts<Options>();
}

async function play(fault: Fault, lab: Lab): Promise<Outcome> {
  try {
    return await fault.play(lab);
  } catch (error) {
    return { figures: '', faults: [`the harness failed: ${(error as Error).message}`] };
  } finally {
    await Traffic.endAll();
  }
}

async function main(workDir: string, signal: AbortSignal): Promise<void> {
  const { file, scale, connections, healthSeconds, only } = parse(process.argv);
  const dir = join(workDir, 'data');
  await mkdir(dir, { mode: 0o755 });
  const known = await knownWorkbooks(dir, file, scale);
  for (const word of only ?? []) {
    if (!FAULTS.some(({ name }) => name.includes(word))) throw new Error(`No fault has "${word}" in its name.`);
  }
  const chosen = FAULTS.filter(({ name }) => only === undefined || only.some((word) => name.includes(word)));
  const lines: string[][] = [];
  const shared = new SharedBench();
  const driving = { connections, healthMs: 1000 * healthSeconds, answers: new KnownAnswers() };
  let faulty = 0;
  let skipped = 0;
  try {
    for (const fault of chosen) {
      signal.throwIfAborted();
      const began = performance.now();
      const outcome = await play(fault, { dir, known, shared, ...driving });
      if (outcome.faults.length > 0) faulty += 1;
      if (outcome.skipped !== undefined) skipped += 1;
      const said =
        outcome.skipped === undefined ? outcome.faults.join('; ') || 'none' : `NOT TRIED: ${outcome.skipped}`;
      console.error(`${fault.name}, ${Math.round((performance.now() - began) / 1000)} s: ${said}`);
      lines.push([fault.name, fault.does, outcome.figures, said]);
    }
  } finally {
    await shared.close();
  }
  console.log(table(['fault', 'what is done', 'what was seen', 'not as it must be'], lines));
  const well = chosen.length - faulty - skipped;
  const notTried = skipped > 0 ? `, ${skipped} not tried` : '';
  // Where nothing could be tried nothing is shown.
  const isShown = faulty === 0 && well > 0;
  console.log(`\n${well} of ${chosen.length} faults without a finding${notTried}: ${isShown ? 'PASSED' : 'FAILED'}`);
  if (!isShown) process.exitCode = 1;
}

runBench(main);
