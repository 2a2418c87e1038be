/**
 * Measures predictions: how long the first question after a start waits, and each answer beside a bare handler that runs
 * the same statements and sends the same JSON. docs/ml.md says what came of it.
 *
 * Run: npm run bench:ml -- FILE [--seconds N] [--connections N] [--no-train] [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint } from './api/endpoints';
import { describeSource, type Loaded, withLoaded } from './api/loaded';
import { measureApi } from './api/measure';
import { type MlBenchOptions, parseMlOptions } from './api/options';
import { startProduct } from './api/product';
import { pickSamples } from './api/samples';
import { type EndpointFigures, SLO_SHARE } from './api/targets';
import { describeMachine, loadAverage } from './machine';
import { table } from './markdown';
import { runBench } from './run-bench';

/** The specification's limit for a prediction's 95th percentile, ms. */
const LIMIT_MS = 15;
const TRAINING_MS = 20 * 60_000;
const READY_MS = 60_000;
const LEAD_TIME = '/api/ml/predict/leadtime';
const RISK = '/api/ml/predict/risk';

const ENDPOINTS: readonly Endpoint[] = [
  predict('leadtime', LEAD_TIME, ({ produtoId }) => `modelo_id=${produtoId}`),
  predict(
    'leadtime, transport date',
    LEAD_TIME,
    ({ produtoId }) => `modelo_id=${produtoId}&data_transporte=2026-03-01`,
  ),
  predict('leadtime of an order', LEAD_TIME, ({ ofId }) => `of_id=${ofId}`),
  predict('risk', RISK, ({ produtoId }) => `modelo_id=${produtoId}`),
  predict('risk of an order', RISK, ({ ofId }) => `of_id=${ofId}`),
];

function predict(
  name: string,
  route: string,
  question: (samples: { produtoId: number; ofId: string }) => string,
): Endpoint {
  return { name, route, path: (samples) => `${route}?${question(samples)}`, sloMs: LIMIT_MS / SLO_SHARE };
}

/** Trains both kinds as the API is asked to; what beats its baseline answers from then on. */
async function train({ environment, cwd }: Loaded, signal: AbortSignal, log: (line: string) => void): Promise<void> {
  const { origin, service, apiKey } = await startProduct({ environment, cwd, role: 'all', cacheEnabled: true, signal });
  try {
    for (const kind of ['leadtime', 'risk']) {
      const begun = performance.now();
      const asked = await fetch(`${origin}/api/ml/train/${kind}`, { method: 'POST', headers: { 'X-API-Key': apiKey } });
      const { job_id } = (await asked.json()) as { job_id?: string };
      if (job_id === undefined) throw new Error(`Training ${kind} was answered with ${asked.status}.`);
      const ended = await outcomeOf(origin, job_id, signal);
      log(`${kind}: ${((performance.now() - begun) / 1000).toFixed(0)} s, ${ended}`);
    }
  } finally {
    await service.stop();
  }
}

async function outcomeOf(origin: string, id: string, signal: AbortSignal): Promise<string> {
  const deadline = Date.now() + TRAINING_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${origin}/api/ml/train/jobs`, { signal });
    const { jobs } = (await answer.json()) as { jobs: { job_id: string; status: string; detail: string | null }[] };
    const job = jobs.find(({ job_id }) => job_id === id);
    if (job !== undefined && !['queued', 'running'].includes(job.status)) return `${job.status}: ${job.detail}`;
    await sleep(1000);
  }
  throw new Error('A training did not end within 20 minutes.');
}

/**
 * Milliseconds of the first question, asked at once after the start and asked when the process has made itself ready: it
 * needs no request for that, so that from outside one can only wait.
 */
async function firstQuestions(
  { environment, cwd, url }: Loaded,
  signal: AbortSignal,
): Promise<{ atOnce: number; ready: number }> {
  const { produtoId } = await pickSamples(url);
  const first = async (waitMs: number): Promise<number> => {
    const { origin, service } = await startProduct({ environment, cwd, cacheEnabled: true, signal });
    try {
      await sleep(waitMs, undefined, { signal });
      const begun = performance.now();
      const answer = await fetch(`${origin}${LEAD_TIME}?modelo_id=${produtoId}`, { signal });
      await answer.arrayBuffer();
      return performance.now() - begun;
    } finally {
      await service.stop();
    }
  };
  const atOnce = await first(0);
  return { atOnce, ready: await first(Math.min(READY_MS, 3 * atOnce + 2_000)) };
}

async function measure(options: MlBenchOptions, workDir: string, signal: AbortSignal): Promise<string> {
  const { source, seconds, connections, train: isTrained } = options;
  const log = (line: string): void => console.error(`  ${line}`);
  const loadBefore = loadAverage();
  return withLoaded({ source, workDir, signal, log }, async (loaded) => {
    if (isTrained) await train(loaded, signal, log);
    const first = await firstQuestions(loaded, signal);
    log(`first question: ${first.atOnce.toFixed(0)} ms at once, ${first.ready.toFixed(0)} ms when ready`);
    const endpoints = ENDPOINTS.filter(({ name }) => options.only?.test(name) ?? true);
    const figures = await measureApi({ loaded, endpoints, seconds, rounds: 1, connections, signal, log });
    return [
      '# Predictions, measured',
      `${new Date().toISOString().slice(0, 10)}, written by \`npm run bench:ml\`. Machine: ${describeMachine(loaded.serverVersion, loadBefore)}.`,
      `${await describeSource(source)}; ${connections} connection${connections === 1 ? '' : 's'}, ${seconds} s each. First question after a start: ${first.atOnce.toFixed(0)} ms asked at once, ${first.ready.toFixed(0)} ms asked when the process had made itself ready.`,
      table(
        ['question', 'p50', 'p95', 'p99', 'bare p50', 'bare p95', 'p95 over bare', `below ${LIMIT_MS} ms`],
        figures.map(row),
      ),
      'Times in ms. The bare handler runs the same statements and sends the same JSON.',
    ].join('\n\n');
  });
}

function row({ endpoint, cacheOff, bare }: EndpointFigures): string[] {
  const times = [cacheOff.p50, cacheOff.p95, cacheOff.p99, bare.p50, bare.p95].map((ms) => ms.toFixed(2));
  return [endpoint.name, ...times, `${(cacheOff.p95 / bare.p95).toFixed(2)} x`, cacheOff.p95 < LIMIT_MS ? 'yes' : 'NO'];
}

runBench(async (workDir, signal) => {
  const options = parseMlOptions(process.argv);
  const text = await measure(options, workDir, signal);
  console.log(text);
  if (options.out !== undefined) writeFileSync(options.out, `${text}\n`);
});
