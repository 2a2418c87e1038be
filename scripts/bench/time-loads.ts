import { join } from 'node:path';
import type { RunReport } from '../../src/ingestion/queries/run-report';
import { withEngine, type BenchEngine } from './engine';
import { highest, median } from './figures';
import { rewriteWorkbook } from './rewrite';
import { rezip } from './rezip';
import type { MemoryPeaks } from './process-memory';

const CHANGE = { sheet: 'FasesOrdemFabrico', header: 'FaseOf_Peso', every: 100 };

/** What is loaded one after the other into one database, in this order. */
export const LOADS = {
  first: 'first load',
  same: 'same file',
  repacked: 'same parts, packed again',
  rewritten: 'same cells, other writer',
  changed: '1 % changed rows',
} as const;
export type LoadName = keyof typeof LOADS;
export const LOAD_NAMES = Object.keys(LOADS) as LoadName[];

export interface LoadFigures extends MemoryPeaks {
  name: LoadName;
  /** of the command, its start and the connection included */
  seconds: number;
  /** of the run, workbook to published; NaN where there is no run */
  runSeconds: number;
  steps: Map<string, number>;
  extracted: number;
  inserted: number;
  updated: number;
  absent: number;
}

export interface LoadsFigures {
  runs: number;
  serverVersion: string;
  startSeconds: number;
  migrateSeconds: number;
  loads: LoadFigures[];
}

export interface TimeLoadsOptions {
  file: string;
  workDir: string;
  runs: number;
  signal: AbortSignal;
  log: (line: string) => void;
}

/**
 * Loads the workbook and its variants into a new database, `runs` times, each time in the same order. Throws when a
 * load did something else than it should have: then its time says nothing.
 */
export async function timeLoads(options: TimeLoadsOptions): Promise<LoadsFigures> {
  const { workDir, runs, signal, log } = options;
  const files = await prepareFiles(options);
  const cycles: { engine: BenchEngine; loads: LoadFigures[] }[] = [];
  for (let run = 0; run < runs; run++) {
    const cycle = await withEngine(workDir, signal, async (engine) => {
      const loads: LoadFigures[] = [];
      for (const name of LOAD_NAMES) {
        const load = await timeLoad(engine, name, files.paths[name]);
        checkLoad(load, files.changedCells);
        log(`${LOADS[name]}: ${load.seconds.toFixed(2)} s, run ${run + 1} of ${runs}`);
        loads.push(load);
      }
      return { engine, loads };
    });
    cycles.push(cycle);
  }
  return {
    runs,
    serverVersion: cycles[0].engine.serverVersion,
    startSeconds: median(cycles.map(({ engine }) => engine.startSeconds)),
    migrateSeconds: median(cycles.map(({ engine }) => engine.migrateSeconds)),
    loads: LOAD_NAMES.map((_, index) => combine(cycles.map(({ loads }) => loads[index]))),
  };
}

async function prepareFiles({
  file,
  workDir,
  log,
}: TimeLoadsOptions): Promise<{ paths: Record<LoadName, string>; changedCells: number }> {
  log('writing the other files of the same workbook');
  const paths = {
    first: file,
    same: file,
    repacked: join(workDir, 'repacked.xlsx'),
    rewritten: join(workDir, 'rewritten.xlsx'),
    changed: join(workDir, 'changed.xlsx'),
  };
  await rezip(file, paths.repacked, 1);
  await rewriteWorkbook(file, paths.rewritten);
  const changedCells = await rewriteWorkbook(file, paths.changed, CHANGE);
  return { paths, changedCells };
}

/** One load by the command line, watched from outside. */
export async function timeLoad(engine: BenchEngine, name: LoadName, file: string): Promise<LoadFigures> {
  const { seconds, stdout, peaks } = await engine.cli(['ingest', file, '--json']);
  const report = JSON.parse(stdout) as RunReport;
  // The same file again is no run: what is printed then is the report of the run that holds it.
  const isRun = name !== 'same';
  const sum = (pick: (sheet: RunReport['sheets'][number]) => number): number =>
    isRun ? report.sheets.reduce((total, sheet) => total + pick(sheet), 0) : 0;
  return {
    name,
    seconds,
    runSeconds: isRun ? (report.seconds ?? NaN) : NaN,
    steps: new Map(isRun ? report.steps.map((step) => [step.name, step.seconds]) : []),
    extracted: sum((sheet) => sheet.extracted),
    inserted: sum((sheet) => sheet.inserted),
    updated: sum((sheet) => sheet.updated),
    absent: sum((sheet) => sheet.absent),
    nodeBytes: peaks?.nodeBytes ?? NaN,
    serverBytes: peaks?.serverBytes ?? NaN,
  };
}

function checkLoad({ name, inserted, updated, absent }: LoadFigures, changedCells: number): void {
  const isRight = {
    first: inserted > 0 && updated === 0,
    same: true,
    repacked: inserted === 0 && updated === 0,
    rewritten: inserted === 0 && updated === 0,
    // Changed rows that are quarantined or duplicates are not updated.
    changed: inserted === 0 && updated > 0 && updated <= changedCells,
  }[name];
  if (!isRight || absent > 0) {
    throw new Error(`${LOADS[name]}: ${inserted} inserted, ${updated} updated, ${absent} absent is not what it means`);
  }
}

/** Medians of the times, the highest of the memory; the counts are the same in every run. */
function combine(runs: readonly LoadFigures[]): LoadFigures {
  const [first] = runs;
  const steps = [...first.steps.keys()].map((step): [string, number] => [
    step,
    median(runs.map((run) => run.steps.get(step) ?? 0)),
  ]);
  return {
    ...first,
    seconds: median(runs.map((run) => run.seconds)),
    runSeconds: median(runs.map((run) => run.runSeconds)),
    steps: new Map(steps),
    nodeBytes: highest(runs.map((run) => run.nodeBytes)),
    serverBytes: highest(runs.map((run) => run.serverBytes)),
  };
}
