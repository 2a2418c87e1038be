import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExplanationDto, LeadTimePredictionDto, TrainingListDto } from '../../../src/ml/dto/answers.dto';
import type { ModelListDto } from '../../../src/ml/dto/model-list.dto';
import type { GateDto } from '../../../src/ops/dto/gates.dto';
import { RecomputeService } from '../../../src/analytics/recompute.service';
import type { OrderDetailDto, OrderListDto } from '../../../src/prodplan/dto/order.dto';
import { KeepReady } from '../../../src/ml/serving/keep-ready';
import { KnownPasts } from '../../../src/ml/serving/known-past';
import { PublishedData } from '../../../src/published/published-data';
import { startTestApp, type TestApp } from '../../support/app';
import { AS_OF, seedSeasonalFactory } from './seasonal-factory';

let product: TestApp;
beforeAll(async () => {
  product = await startTestApp({ queues: true });
  await seedSeasonalFactory(product.sql, 1500);
});
afterAll(() => product.close());

async function ask<T>(path: string, method = 'GET', body?: object): Promise<T> {
  const answer = await fetch(`${product.url}/api/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as T;
}

async function train(kind: string): Promise<TrainingListDto['jobs'][number]> {
  return endOf((await ask<{ job_id: string }>(`ml/train/${kind}`, 'POST')).job_id);
}

async function endOf(job_id: string): Promise<TrainingListDto['jobs'][number]> {
  for (;;) {
    const { jobs } = await ask<TrainingListDto>('ml/train/jobs');
    const job = jobs.find((each) => each.job_id === job_id);
    if (job !== undefined && !['queued', 'running'].includes(job.status)) return job;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const predict = (question: object) => ask<LeadTimePredictionDto>('ml/predict/leadtime', 'POST', question);
const gate = async (name: string) => (await ask<{ gates: Record<string, GateDto> }>('ops/feature-gates')).gates[name];
const fileOf = (version: string, model = 'leadtime') => join(product.env.dataDir, 'models', `${model}-${version}.json`);

/** Puts a text in the place of a version's file, and its checksum in the place of the one recorded. */
async function replace(version: string, text: string, model = 'leadtime'): Promise<void> {
  writeFileSync(fileOf(version, model), text);
  await product.sql.query('UPDATE ops.model_registry SET artefact_sha256 = $1 WHERE model_name = $2 AND version = $3', [
    createHash('sha256').update(text).digest('hex'),
    model,
    version,
  ]);
}

/** The text of a version's file with chance in the place of what its trees learned. */
function sabotaged(whole: string): string {
  const model = JSON.parse(whole) as { trees: { base: number; trees: { value: number[] }[] }[]; network: object };
  let next = 1;
  // A fixed walk through numbers that look like chance (Lehmer's generator).
  const chance = () => ((next = (next * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5) * 40;
  for (const { trees } of model.trees) for (const tree of trees) tree.value = tree.value.map(chance);
  return JSON.stringify(model);
}

describe('a training', () => {
  it('ends with models that answer, once they beat the baseline; requests at once are one training', async () => {
    const asked = await Promise.all(
      Array.from({ length: 8 }, () => ask<{ job_id: string; status: string }>('ml/train/leadtime', 'POST')),
    );
    const [first] = asked;
    expect(asked.map(({ job_id }) => job_id)).toEqual(asked.map(() => first.job_id));
    expect(first.job_id).toBeDefined();
    expect(['queued', 'running']).toContain(first.status);
    const job = await endOf(first.job_id);
    expect(job).toMatchObject({
      status: 'completed',
      progress: 1,
      detail: expect.stringContaining('leadtime-1 activated'),
    });
    const { models, active_count } = await ask<ModelListDto>('ml/models');
    expect(models.map(({ model_id, is_active }) => [model_id, is_active]).sort()).toEqual([
      ['leadtime-1', true],
      ['leadtime_transport-1', true],
    ]);
    expect(active_count).toBe(2);
    expect(models.every(({ metrics }) => Object.values(metrics).every(Number.isFinite))).toBe(true);
    expect(await gate('ml.leadtime')).toEqual({ feature: 'ml.leadtime', enabled: true, status: 'ON', degraded: false });
    expect(await gate('ml.risk')).toMatchObject({ enabled: false, reason: expect.stringContaining('baseline') });
  }, 300_000);

  it('has learned the season, which no median knows', async () => {
    // The data clock stands in winter: 20 to 39 days. The median of a product is of the whole year.
    const answer = await predict({ modelo_id: 1 });
    expect(answer).toMatchObject({ prediction_method: 'model', model_version: '1', model_name: 'leadtime' });
    expect(answer.predicted_leadtime_hours / 24).toBeGreaterThan(18);
    expect(answer.predicted_leadtime_hours / 24).toBeLessThan(45);
  });

  it('gives explanations that add up to the prediction', async () => {
    const explained = await ask<ExplanationDto>('ml/explain/leadtime', 'POST', { modelo_id: 1 });
    const answer = await predict({ modelo_id: 1 });
    const sum = explained.features.reduce((total, { contribution }) => total + contribution, 0);
    expect(explained.prediction).toBeCloseTo(answer.predicted_leadtime_hours, 6);
    expect(Math.abs(explained.base_value + sum - explained.prediction)).toBeLessThan(
      0.01 * Math.abs(explained.prediction),
    );
    expect(explained.feature_importance).toEqual(explained.features);
  });

  it('answers for values that were never seen, says so, and is less sure', async () => {
    const usual = await predict({ modelo_id: 1 });
    const strange = await predict({ modelo_id: 1, features: { demould_weight: 9_000 } });
    expect(usual.out_of_range).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ feature: 'demould_weight' })]),
    );
    expect(strange.out_of_range).toContainEqual(
      expect.objectContaining({ feature: 'demould_weight', value: 9_000, high: 14 }),
    );
    expect(strange.interval_widened).toBe(true);
  });
});

describe('a model that cannot be trusted', () => {
  it.each([
    ['deleted', (file: string) => rmSync(file), 'cannot be read'],
    ['cut short', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 1000)), 'checksum differs'],
  ])('does not answer when its file was %s: the baseline does, and the gate tells why', async (_, harm, reason) => {
    const whole = readFileSync(fileOf('1'));
    harm(fileOf('1'));
    expect(await predict({ modelo_id: 1 })).toMatchObject({
      prediction_method: 'baseline',
      method_reason: expect.stringContaining(reason),
    });
    expect(await gate('ml.leadtime')).toMatchObject({ enabled: false, reason: expect.stringContaining(reason) });
    writeFileSync(fileOf('1'), whole);
    expect(await predict({ modelo_id: 1 })).toMatchObject({ prediction_method: 'model' });
    expect(await gate('ml.leadtime')).toMatchObject({ enabled: true });
  });

  it('does not answer when its weights are chance, however well it is signed', async () => {
    const whole = readFileSync(fileOf('1'), 'utf8');
    await replace('1', sabotaged(whole));
    expect(await predict({ modelo_id: 1 })).toMatchObject({
      prediction_method: 'baseline',
      method_reason: expect.stringContaining('lately been worse'),
    });
    expect(await gate('ml.leadtime')).toMatchObject({ enabled: false, reason: expect.stringContaining('lately') });
    await replace('1', whole);
    expect(await predict({ modelo_id: 1 })).toMatchObject({ prediction_method: 'model' });
  });

  it('does not answer when it reads other features than this program gives', async () => {
    const whole = readFileSync(fileOf('1'), 'utf8');
    await replace('1', whole.replace(/"schema":"\w+"/, '"schema":"0123456789ab"'));
    expect(await predict({ modelo_id: 1 })).toMatchObject({
      prediction_method: 'baseline',
      method_reason: expect.stringContaining('reads the features 0123456789ab'),
    });
    await replace('1', whole);
  });
});

describe('a training that was killed', () => {
  it('is told as interrupted, and what answered before answers on', async () => {
    await product.sql.query(
      `INSERT INTO ops.training_runs (kind, status, requested_at, started_at) VALUES ('risk', 'RUNNING', now(), now())`,
    );
    // What a killed training leaves behind: half a file that no row names.
    writeFileSync(`${fileOf('2')}.partial`, '{"format":');
    const [killed] = (await ask<TrainingListDto>('ml/train/jobs')).jobs;
    expect(killed).toMatchObject({ model_name: 'risk', status: 'interrupted' });
    const job = await train('risk');
    expect(job.status).toBe('completed');
    const { jobs } = await ask<TrainingListDto>('ml/train/jobs');
    expect(jobs.map(({ model_name, status }) => [model_name, status])).toEqual([
      ['risk', 'completed'],
      ['risk', 'interrupted'],
      ['leadtime', 'completed'],
    ]);
    expect(await predict({ modelo_id: 1 })).toMatchObject({ prediction_method: 'model', model_version: '1' });
  }, 300_000);
});

describe('the model of remaining times', () => {
  // The last order is in process: the data clock stands one day after its creation.
  const order = () => ask<OrderDetailDto>('prodplan/orders/1500');
  const madeAnew = async (): Promise<OrderDetailDto> => {
    await product.app.get(RecomputeService).run(new AbortController().signal);
    return order();
  };

  it('makes the ETAs once it beats comparable orders: they say so, and why', async () => {
    expect(await madeAnew()).toMatchObject({
      eta_method: 'comparable_orders',
      eta_method_reason: 'No trained model of remaining times has beaten it yet.',
    });
    const job = await train('remaining');
    expect(job).toMatchObject({ status: 'completed', detail: expect.stringContaining('remaining-1 activated') });
    // The activation asks for ETAs by itself; the test does not wait for the job.
    const { eta, eta_p80, eta_method, eta_method_reason } = await madeAnew();
    expect({ eta_method, eta_method_reason }).toEqual({
      eta_method: 'model',
      eta_method_reason: expect.stringContaining('Model remaining-1 beat comparable orders'),
    });
    const days = (text: string | null) => (Date.parse(text ?? '') - Date.parse(AS_OF)) / 86_400_000;
    // Created in winter: 20 to 39 days, which comparable orders of the whole year cannot know.
    expect(days(eta)).toBeGreaterThan(15);
    expect(days(eta)).toBeLessThan(45);
    expect(days(eta_p80)).toBeGreaterThanOrEqual(days(eta));
    const { orders } = await ask<OrderListDto>('prodplan/orders?limit=5');
    expect(orders.map((each) => each.eta_method)).toEqual(Array(5).fill('model'));
    expect(await gate('ml.remaining')).toMatchObject({ enabled: true });
    const { models } = await ask<ModelListDto>('ml/models');
    expect(models.find(({ model_id }) => model_id === 'remaining-1')).toMatchObject({ is_active: true });
  }, 300_000);

  it.each([
    ['deleted', () => rmSync(fileOf('1', 'remaining')), 'cannot be read'],
    ['signed, but chance', (whole: string) => replace('1', sabotaged(whole), 'remaining'), 'lately been worse'],
  ])('makes none when its file is %s: comparable orders do, and the gate tells why', async (_, harm, reason) => {
    const whole = readFileSync(fileOf('1', 'remaining'), 'utf8');
    await harm(whole);
    expect(await madeAnew()).toMatchObject({
      eta_method: 'comparable_orders',
      eta_method_reason: expect.stringContaining(reason),
    });
    expect(await gate('ml.remaining')).toMatchObject({ enabled: false, reason: expect.stringContaining(reason) });
    await replace('1', whole, 'remaining');
    expect(await madeAnew()).toMatchObject({ eta_method: 'model' });
  });
});

describe('what Prometheus is told of models', () => {
  it('are which of them answer, how long they took, and how long they were trained', async () => {
    const text = await (await fetch(`${product.url}/metrics`)).text();
    const before = Number(/^ml_inference_duration_seconds_count\{model="leadtime"\} (\d+)$/m.exec(text)?.[1]);
    await predict({ modelo_id: 1 });
    const after = await (await fetch(`${product.url}/metrics`)).text();
    expect(after).toContain(`ml_inference_duration_seconds_count{model="leadtime"} ${before + 1}\n`);
    for (const task of ['leadtime', 'risk', 'remaining']) {
      expect(after).toContain(`ml_train_duration_seconds_count{task="${task}"} 1\n`);
    }
    expect(after).toContain('ml_model_in_use{model="leadtime",method="model"} 1\n');
    expect(after).toContain('ml_model_in_use{model="leadtime",method="baseline"} 0\n');
    expect(after).toContain('ml_model_version{model="remaining"} 1\n');
    // One series per model and method, whoever asks for whatever.
    expect(after.match(/^ml_model_in_use\{/gm)).toHaveLength(10);
  });
});

describe('what is made ready before it is asked for', () => {
  it('is what a question would have had to wait for', async () => {
    const pasts = product.app.get(KnownPasts);
    const read = jest.spyOn(product.app.get(PublishedData), 'readPublished');
    await product.sql.query('UPDATE ops.ops_cache_version SET version = version + 1');
    await product.app.get(KeepReady).look();
    expect(read).toHaveBeenCalledTimes(1);
    const known = await pasts.current();
    expect(known?.published.version).toBe((await product.app.get(PublishedData).current())?.version);
    await predict({ modelo_id: 1 });
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
  });
});
