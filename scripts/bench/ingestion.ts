/**
 * Measures the ingestion of a workbook: docs/perf/README.md says what and how.
 *
 * Run: npm run bench:ingestion -- FILE [--runs N] [--skip READER] [--growth [SCALES]] [--growth-only] [--out docs/perf/ingestion.md]
 */
import { statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareReaders } from './compare-readers';
import { renderGrowth, renderResults } from './document';
import { describeMachine, loadAverage } from './machine';
import { measureGrowth } from './measure-growth';
import { parseOptions, type BenchOptions } from './options';
import { READER_NAMES } from './reader-names';
import { runBench } from './run-bench';
import { judge } from './targets';
import { timeLoads } from './time-loads';
import { isSample } from './workbook-kind';

async function measure(options: BenchOptions, workDir: string, signal: AbortSignal): Promise<string> {
  const { runs, peerRuns, growth: scales } = options;
  const file = resolve(options.file);
  const log = (line: string): void => console.error(`  ${line}`);
  const loadBefore = loadAverage();
  const date = new Date().toISOString().slice(0, 10);
  const shared = { file, runs, workDir, signal, log };
  if (options.growthOnly) {
    const growth = await measureGrowth({ ...shared, scales });
    return renderGrowth({ machine: describeMachine(growth.serverVersion, loadBefore), date, growth });
  }
  const readers = await compareReaders({
    ...shared,
    peerRuns,
    readers: READER_NAMES.filter((name) => !options.skip.includes(name)),
  });
  const loads = await timeLoads(shared);
  const growth = scales.length > 0 ? await measureGrowth({ ...shared, scales }) : undefined;
  return renderResults({
    machine: describeMachine(loads.serverVersion, loadBefore),
    date,
    workbook: { bytes: statSync(file).size, isSample: await isSample(file) },
    readers,
    loads,
    growth,
    verdicts: judge(readers, loads),
  });
}

runBench(async (workDir, signal) => {
  const options = parseOptions(process.argv);
  const text = await measure(options, workDir, signal);
  console.log(text);
  if (options.out !== undefined) writeFileSync(options.out, text);
});
