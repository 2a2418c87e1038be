/**
 * Measures the service as users and loads press on it together: docs/perf/README.md says what and how.
 *
 * Run: npm run bench:load -- FILE [--minutes N] [--seconds N] [--errors-only] [--out docs/perf/load.md]
 */
import { writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeSource, withLoaded, type Loaded } from './api/loaded';
import { startProduct } from './api/product';
import { pickSamples } from './api/samples';
import { renderLoadResults, type Stage } from './load/document';
import { LoadsBeside } from './load/loads-beside';
import { parseLoadOptions, type LoadBenchOptions } from './load/options';
import { pageRequests } from './load/pages';
import { drivePages, type TrafficOptions } from './load/traffic';
import { Watch } from './load/watch';
import { describeMachine, loadAverage } from './machine';
import { rewriteWorkbook } from './rewrite';
import { runBench } from './run-bench';

const STAGES = [16, 64, 256] as const;
const WARM_UP_SECONDS = 3;
const ORDER_PAGES = 8;
const CHANGE = { sheet: 'FasesOrdemFabrico', header: 'FaseOf_Peso', every: 100 };

/** The workbook and a variant with 1 % of its phases changed, in the data folder: each differs from the one before. */
async function workbooks(file: string, dataDir: string): Promise<string[]> {
  await rewriteWorkbook(file, join(dataDir, 'changed.xlsx'), CHANGE);
  await copyFile(file, join(dataDir, 'workbook.xlsx'));
  return ['changed.xlsx', 'workbook.xlsx'];
}

async function orderIds(origin: string): Promise<string[]> {
  const response = await fetch(`${origin}/api/prodplan/orders?limit=1000`);
  const { orders } = (await response.json()) as { orders: { of_id: string }[] };
  const step = Math.max(1, Math.floor(orders.length / ORDER_PAGES));
  return orders.filter((_, index) => index % step === 0).map(({ of_id: ofId }) => ofId);
}

async function measureStages(
  loaded: Loaded,
  options: LoadBenchOptions,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<Stage[]> {
  const { environment, cwd } = loaded;
  const names = await workbooks(options.file, environment.DATA_DIR ?? cwd);
  const api = await startProduct({ environment, cwd, cacheEnabled: true, signal });
  try {
    const worker = await startProduct({ environment, cwd, cacheEnabled: true, role: 'worker', signal });
    try {
      const requests = pageRequests(await pickSamples(loaded.url), await orderIds(api.origin));
      const driven = { origin: api.origin, apiKey: api.apiKey, requests, signal };
      await drivePages({ ...driven, connections: STAGES[0], seconds: WARM_UP_SECONDS });
      const loads = new LoadsBeside(api.origin, api.apiKey, names);
      loads.start();
      const stages: Stage[] = [];
      const pids = [api.service.child.pid, worker.service.child.pid] as [number, number];
      for (const connections of STAGES) {
        const seconds = connections === STAGES[0] ? options.minutes * 60 : options.seconds;
        log(`${connections} connections for ${seconds} s`);
        stages.push(await stage({ ...driven, connections, seconds }, pids, loads));
      }
      const last = stages[stages.length - 1];
      const { seconds, failures } = await loads.stop();
      last.loads = {
        seconds: [...last.loads.seconds, ...seconds],
        failures: [...last.loads.failures, ...failures],
      };
      return stages;
    } finally {
      await worker.service.stop();
    }
  } finally {
    await api.service.stop();
  }
}

async function stage(
  options: TrafficOptions,
  [apiPid, workerPid]: [number, number],
  loads: LoadsBeside,
): Promise<Stage> {
  const { origin, connections, seconds } = options;
  const watch = new Watch(origin, apiPid, workerPid);
  try {
    const traffic = await drivePages(options);
    return { connections, seconds, traffic, loads: loads.take(), looks: watch.looks };
  } finally {
    await watch.stop();
  }
}

runBench(async (workDir, signal) => {
  const options = parseLoadOptions(process.argv);
  const source = { file: options.file };
  const loadBefore = loadAverage();
  const log = (line: string): void => console.error(`  ${line}`);
  await withLoaded({ source, workDir, signal, log }, async (loaded) => {
    const stages = await measureStages(loaded, options, signal, log);
    const { text, isReached } = await renderLoadResults({
      machine: describeMachine(loaded.serverVersion, loadBefore),
      date: new Date().toISOString().slice(0, 10),
      data: await describeSource(source),
      stages,
      errorsOnly: options.errorsOnly,
    });
    console.log(text);
    if (options.out !== undefined) writeFileSync(options.out, text);
    if (!isReached) process.exitCode = 1;
  });
});
