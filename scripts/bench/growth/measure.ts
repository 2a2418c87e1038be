import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { DERIVATIONS } from '../../../src/analytics/derivations';
import { afterChange, computeAll, derivationRun, loadSession, readAsOf, rolledBack, timed } from '../aggregates-cost';
import { captureAll, type Captured } from '../api/capture';
import { drive, type DriveFigures } from '../api/drive';
import { ENDPOINTS } from '../api/endpoints';
import { makeReady, type FollowUp, type Loaded } from '../api/loaded';
import { startProduct } from '../api/product';
import { pickSamples } from '../api/samples';
import { withEngine, type BenchEngine } from '../engine';
import { median } from '../figures';
import { timeLoad, type LoadFigures } from '../time-loads';
import { multiplyWorkbook } from './multiply';
import { readPlans, type PlanReach } from './plans';
import { QUERIES } from './queries';
import { readSizes, type Sizes } from './sizes';

/** Every 100th phase weighs something else. */
const CHANGE = { sheet: 'FasesOrdemFabrico', header: 'FaseOf_Peso', every: 100 };

/** What the answers over one workbook of the series read. */
export interface MonthsPoint {
  /** 1 = the workbook as it is */
  factor: number;
  plans: PlanReach[];
}

/** What one workbook of the series came to. */
export interface GrowthPoint extends MonthsPoint {
  fileBytes: number;
  cells: number;
  load: LoadFigures;
  followUp: FollowUp;
  sizes: Sizes;
  /** by endpoint, the cache off */
  queries: Map<string, DriveFigures>;
  refresh: { wholeSeconds: number; changedSeconds: number; forecastSeconds: number };
  /** undefined where it was left out; the backtest is NaN then */
  changedLoad: LoadFigures | undefined;
}

/** What takes longest, and may be left out of the sizes beyond the smallest. */
export const SKIPPABLE = ['backtest', 'changed-load'] as const;
export type Skippable = (typeof SKIPPABLE)[number];

export interface GrowthOptions {
  file: string;
  factors: readonly number[];
  /** requests under way at the same time, and how long each question is asked */
  connections: number;
  seconds: number;
  runs: number;
  skip: readonly Skippable[];
  workDir: string;
  signal: AbortSignal;
  log: (line: string) => void;
}

/** One workbook after the other, each in a new database. */
export async function measureGrowth(options: GrowthOptions): Promise<{ serverVersion: string; points: GrowthPoint[] }> {
  const { factors, workDir, signal } = options;
  const points: GrowthPoint[] = [];
  let serverVersion = '';
  for (const factor of factors) {
    const paths = { first: join(workDir, 'growth.xlsx'), changed: join(workDir, 'growth-changed.xlsx') };
    try {
      const skip = factor === factors[0] ? [] : options.skip;
      const measured = { ...options, skip };
      const cells = await writeWorkbooks(measured, factor, paths);
      const rest = await withEngine(workDir, signal, async (engine) => {
        serverVersion = engine.serverVersion;
        return measureLoaded(engine, measured, paths);
      });
      points.push({ factor, cells, fileBytes: statSync(paths.first).size, ...rest });
    } finally {
      for (const path of Object.values(paths)) rmSync(path, { force: true });
    }
  }
  return { serverVersion, points };
}

/** Loads each workbook for the plans of the answers alone: no seconds are taken. */
export async function measureMonths(options: GrowthOptions): Promise<MonthsPoint[]> {
  const { factors, file, workDir, signal, log } = options;
  const points: MonthsPoint[] = [];
  for (const factor of factors) {
    log(`${factor} x`);
    const to = join(workDir, 'growth.xlsx');
    await multiplyWorkbook({ from: file, to, copies: factor });
    const plans = await withEngine(workDir, signal, async (engine) => {
      await engine.cli(['ingest', to, '--json']);
      await makeReady(engine, signal, log, false);
      return (await capture({ ...engine, cwd: workDir }, signal)).plans;
    });
    points.push({ factor, plans });
  }
  return points;
}

async function writeWorkbooks(
  { file, skip, log }: GrowthOptions,
  copies: number,
  paths: { first: string; changed: string },
): Promise<number> {
  log(`${copies} x: writing the workbook`);
  const { cells } = await multiplyWorkbook({ from: file, to: paths.first, copies });
  if (!skip.includes('changed-load')) {
    log('writing it with 1 % of its phases changed');
    await multiplyWorkbook({ from: file, to: paths.changed, copies, change: CHANGE });
  }
  return cells;
}

async function measureLoaded(
  engine: BenchEngine,
  options: GrowthOptions,
  paths: { first: string; changed: string },
): Promise<Omit<GrowthPoint, 'factor' | 'cells' | 'fileBytes'>> {
  const { skip, signal, log } = options;
  const load = await timeLoad(engine, 'first', paths.first);
  log(`${load.extracted.toLocaleString('en-US')} rows: first load ${load.seconds.toFixed(1)} s`);
  const followUp = await makeReady(engine, signal, log, !skip.includes('backtest'));
  const sizes = await readSizes(engine.url);
  const loaded = { ...engine, cwd: options.workDir };
  const { captured, plans } = await capture(loaded, signal);
  const queries = await driveAll(loaded, captured, options);
  const refresh = await measureRefresh(engine.url, options);
  log(`aggregates: ${refresh.wholeSeconds.toFixed(2)} s, after 1 % changed ${refresh.changedSeconds.toFixed(2)} s`);
  const changedLoad = skip.includes('changed-load') ? undefined : await loadChanged(engine, paths.changed, log);
  return { load, followUp, sizes, queries, plans, refresh, changedLoad };
}

async function loadChanged(engine: BenchEngine, path: string, log: (line: string) => void): Promise<LoadFigures> {
  const load = await timeLoad(engine, 'changed', path);
  if (load.inserted > 0 || load.updated === 0 || load.absent > 0) {
    throw new Error('The load of changed phases did something else than update them.');
  }
  log(`1 % changed: load ${load.seconds.toFixed(1)} s`);
  return load;
}

/** Asks every question twice and keeps its plans: with the tables for reading, and as between a publish and their making. */
async function capture(loaded: Loaded, signal: AbortSignal): Promise<{ captured: Captured[]; plans: PlanReach[] }> {
  const { url, environment, cwd } = loaded;
  const names = QUERIES.map(({ endpoint }) => endpoint);
  const endpoints = ENDPOINTS.filter(({ name }) => names.includes(name));
  if (endpoints.length !== names.length) throw new Error('A question of the measurement is no endpoint any more.');
  const samples = await pickSamples(url);
  const ask = (): Promise<Captured[]> => captureAll(endpoints, samples, { environment, cwd, signal });
  const captured = await ask();
  return { captured, plans: await readPlans(url, captured, ask) };
}

async function driveAll(
  { environment, cwd }: Loaded,
  captured: readonly Captured[],
  { connections, seconds, signal, log }: GrowthOptions,
): Promise<Map<string, DriveFigures>> {
  const figures = new Map<string, DriveFigures>();
  const { origin, service } = await startProduct({ environment, cwd, cacheEnabled: false, signal });
  try {
    const order = captured
      .find(({ endpoint }) => endpoint.name === 'order')!
      .path.split('/')
      .at(-1)!;
    const ready = await timed(async () => {
      const answer = await fetch(`${origin}/api/ml/predict/leadtime?of_id=${order}`, { signal });
      if (!answer.ok) throw new Error(`A prediction is refused: ${await answer.text()}`);
    });
    log(`ready for predictions after ${ready.toFixed(1)} s`);
    // A new process compiles what all requests share for some seconds: not the first question's fault.
    await drive({ url: origin + captured[0].path, connections, seconds: 3, expected: undefined, signal });
    for (const { endpoint, path, body } of captured) {
      const driven = await drive({ url: origin + path, connections, seconds, expected: body, signal });
      log(`${endpoint.name}: p95 ${driven.p95.toFixed(1)} ms`);
      figures.set(endpoint.name, driven);
    }
    return figures;
  } finally {
    await service.stop();
  }
}

async function measureRefresh(url: string, { runs, signal }: GrowthOptions): Promise<GrowthPoint['refresh']> {
  const client = await loadSession(url);
  try {
    const whole: number[] = [];
    const changed: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      whole.push(await rolledBack(client, () => computeAll(client, signal)));
      changed.push(await rolledBack(client, () => afterChange(client, signal)));
    }
    const forecastSeconds = await rolledBack(client, () => deriveForecasts(client, signal));
    return { wholeSeconds: median(whole), changedSeconds: median(changed), forecastSeconds };
  } finally {
    await client.end();
  }
}

/** Seconds that a load waits for the forecasts where it has nothing else to do meanwhile. */
async function deriveForecasts(client: Client, signal: AbortSignal): Promise<number> {
  const forecast = DERIVATIONS.find(({ name }) => name === 'forecast')!;
  const run = { ...derivationRun(client, signal), asOf: await readAsOf(client), fromNothing: true, isFirst: true };
  return timed(async () => (await forecast.derive(run))?.());
}
