/**
 * Measures the ingestion of a workbook: docs/perf/README.md says what and how.
 *
 * Run: npm run bench:ingestion -- FILE [--runs N] [--skip READER] [--growth [SCALES]] [--out docs/perf/ingestion.md]
 */
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SAMPLE_MARKER } from '@libs/sample';
import { Workbook } from '@libs/xlsx';
import { compareReaders } from './compare-readers';
import { renderResults } from './document';
import { describeMachine, loadAverage } from './machine';
import { measureGrowth } from './measure-growth';
import { parseOptions, type BenchOptions } from './options';
import { READER_NAMES } from './reader-names';
import { judge } from './targets';
import { timeLoads } from './time-loads';

async function measure(options: BenchOptions, workDir: string, signal: AbortSignal): Promise<string> {
  const { runs, peerRuns, growth: scales } = options;
  const file = resolve(options.file);
  const log = (line: string): void => console.error(`  ${line}`);
  const loadBefore = loadAverage();
  const shared = { file, runs, workDir, signal, log };
  const readers = await compareReaders({
    ...shared,
    peerRuns,
    readers: READER_NAMES.filter((name) => !options.skip.includes(name)),
  });
  const loads = await timeLoads(shared);
  const growth = scales.length > 0 ? await measureGrowth({ ...shared, scales }) : undefined;
  return renderResults({
    machine: describeMachine(loads.serverVersion, loadBefore),
    date: new Date().toISOString().slice(0, 10),
    workbook: { bytes: statSync(file).size, isSample: await isSample(file) },
    readers,
    loads,
    growth,
    verdicts: judge(readers, loads),
  });
}

async function isSample(file: string): Promise<boolean> {
  const workbook = await Workbook.open(file);
  await workbook.close();
  return workbook.parts.some((part) => part.name === SAMPLE_MARKER);
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => stop.abort(new Error(`ended by ${name}`)));
  }
  const workDir = mkdtempSync(join(tmpdir(), 'prodplan-bench-'));
  chmodSync(workDir, 0o755);
  try {
    const text = await measure(options, workDir, stop.signal);
    console.log(text);
    if (options.out !== undefined) writeFileSync(options.out, text);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
