/**
 * Measures the simulation engine: its speed, how time grows with the jobs, answers about the whole factory where a workbook
 * is given, memory, and SimPy beside it where it is there.
 *
 * Run: npm run bench:simulation -- [FILE | --url postgresql://…] [--quick] [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { format } from 'prettier';
import { SIMULATION_ENGINE_VERSION } from '@libs/simulation';
import { optionalSourceOf } from './api/options';
import { describeProcessor, loadAverage } from './machine';
import { table } from './markdown';
import { runBench } from './run-bench';
import { factorySection } from './simulation/factory';
import { growthSection } from './simulation/growth';
import { memorySection } from './simulation/memory';
import type { Section, SectionResult } from './simulation/section';
import { simpySection } from './simulation/simpy';
import { speedSection } from './simulation/speed';

const SECTIONS: readonly Section[] = [speedSection, growthSection, factorySection, memorySection, simpySection];

runBench(async (workDir, signal) => {
  const command = new Command('bench:simulation')
    .description('Measure the simulation engine')
    .argument('[file]', 'a workbook (.xlsx), loaded into a new database: the factory is measured too')
    .option('--url <database>', 'postgresql://… of a database with a published load, instead of a workbook')
    .option('--quick', 'measure less: for a look, not for the record')
    .option('--out <file>', 'where the result is written, beside the terminal', 'docs/perf/simulation.md')
    .parse(process.argv);
  const { quick = false, out } = command.opts<{ quick?: boolean; out: string }>();
  const source = optionalSourceOf(command);
  const loadBefore = loadAverage();
  const results: SectionResult[] = [];
  for (const section of SECTIONS) {
    signal.throwIfAborted();
    const result = await section({ workDir, signal, isQuick: quick, source });
    if (result === undefined) continue;
    console.error(`  ${result.title}`);
    results.push(result);
  }
  const text = await render(results, loadBefore);
  console.log(text);
  if (!quick) writeFileSync(out, text);
});

function render(results: readonly SectionResult[], loadBefore: number): Promise<string> {
  const verdicts = results.flatMap((result) => result.verdicts);
  const blocks = [
    '# The simulation engine, measured',
    `${new Date().toISOString().slice(0, 10)}, engine ${SIMULATION_ENGINE_VERSION}, written by \`npm run bench:simulation\`. ${describeProcessor(loadBefore)}.`,
    '## Targets',
    table(
      ['target', 'found', 'verdict'],
      verdicts.map(({ target, found, isReached }) => [target, found ?? '-', isReached ? 'reached' : 'MISSED']),
    ),
    ...results.flatMap((result) => [`## ${result.title}`, ...result.blocks]),
  ];
  return format(blocks.join('\n\n'), { parser: 'markdown', printWidth: 120 });
}
