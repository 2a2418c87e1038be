/**
 * Measures loads, sizes, aggregates and answers with the rows, and computes what ends where: docs/perf/README.md says
 * what and how. The exit code is 1 when a target was missed.
 *
 * Run: npm run bench:growth -- FILE [--factors 1 3 10] [--seconds N] [--connections N] [--runs N] [--skip PART…] [--months-only] [--out FILE]
 */
import { statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseGrowthOptions } from './api/options';
import { renderGrowth, renderMonths } from './growth/document';
import { measureGrowth, measureMonths, type GrowthOptions } from './growth/measure';
import { describeMachine, loadAverage } from './machine';
import { runBench } from './run-bench';
import { isSample } from './workbook-kind';

/** Load average of a machine on which nobody else works. */
const QUIET = 0.5;

runBench(async (workDir, signal) => {
  const { file, factors, connections, seconds, runs, skip, monthsOnly, out } = parseGrowthOptions(process.argv);
  const loadBefore = loadAverage();
  const log = (line: string): void => console.error(`  ${line}`);
  const measured = { file: resolve(file), factors, connections, seconds, runs, skip, workDir, signal, log };
  const { text, isReached } = monthsOnly
    ? renderMonths(await measureMonths(measured))
    : await growthOf(measured, loadBefore);
  console.log(text);
  if (out !== undefined) writeFileSync(out, text);
  if (!isReached) process.exitCode = 1;
});

async function growthOf(measured: GrowthOptions, loadBefore: number): Promise<{ text: string; isReached: boolean }> {
  const { file, connections, seconds, runs } = measured;
  const { serverVersion, points } = await measureGrowth(measured);
  return renderGrowth({
    machine: describeMachine(serverVersion, loadBefore),
    isShared: loadBefore > QUIET,
    date: new Date().toISOString().slice(0, 10),
    data: `${(await isSample(file)) ? 'A generated workbook' : 'The workbook'}, ${(statSync(file).size / 1e6).toFixed(1)} MB`,
    connections,
    seconds,
    runs,
    points,
  });
}
