import { JobProducer } from '../../../src/queue/job-producer';
import { QueueHost } from '../../../src/queue/queue-host';
import { SweepsService, type SweepState } from '../../../src/whatif/sweep/sweeps.service';
import { WhatifModule } from '../../../src/whatif/whatif.module';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { smallFactory } from '../../support/factory-workbook';

const redisUrl = process.env.TEST_REDIS_URL;
const backends: { kind: 'postgres' | 'redis'; redis?: string }[] = [{ kind: 'postgres' }];
if (redisUrl) backends.push({ kind: 'redis', redis: redisUrl });

describe.each(backends)('a sweep on $kind', ({ kind, redis }) => {
  let product: IngestionApp;
  beforeAll(async () => {
    // Nobody's question finds a place in the line: what a sweep needs must not depend on one.
    product = await startIngestionApp({
      queues: true,
      env: { redisUrl: redis, readThreads: 1, whatifThreads: 1, whatifQueueLimit: 0 },
    });
    await product.load(smallFactory());
  });
  afterAll(() => product.close());

  afterEach(() => jest.restoreAllMocks());

  async function call(
    path: string,
    body?: object,
  ): Promise<{ status: number; body: SweepState & { detail?: string } }> {
    const answer = await fetch(`${product.url}/api/whatif/sweep${path}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as SweepState };
  }

  /** Reads a sweep until it has ended; answers all that was read. */
  async function followed(id: number): Promise<SweepState[]> {
    const seen: SweepState[] = [];
    for (let waited = 0; waited < 20_000; waited += 50) {
      const { body } = await call(`/${id}`);
      seen.push(body);
      if (!['QUEUED', 'RUNNING'].includes(body.status)) return seen;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The sweep did not end within 20 s.');
  }

  it('is accepted at once, tells how far it is, and ends with every point in a ranking', async () => {
    expect(product.app.get(QueueHost).kind).toBe(kind);
    // 12 steps at the one phase that needs capacity: two parts, of 10 and of 2 points.
    const steps = Array.from({ length: 12 }, (_, step) => step + 1);
    const begun = await call('', { steps });
    expect(begun).toMatchObject({ status: 202, body: { points: 12 } });
    const seen = await followed(begun.body.sweep_id);
    const done = seen.map((state) => state.done);
    expect(done).toEqual([...done].sort((one, other) => one - other));
    const last = seen.at(-1)!;
    expect(last).toMatchObject({ status: 'COMPLETED', done: 12, points: 12, best: last.ranking[0] });
    expect(last.ranking.map(({ rank }) => rank)).toEqual(steps);
    expect(last.ranking.map(({ extra_capacity }) => extra_capacity!).sort((one, other) => one - other)).toEqual(steps);
    for (const [place, point] of last.ranking.slice(1).entries()) {
      expect(point.on_time_gain_per_unit).toBeLessThanOrEqual(last.ranking[place].on_time_gain_per_unit);
    }
    // Asked again: the same sweep, as it ended.
    expect((await call('', { steps })).body).toEqual(last);
  });

  it('compares rules alone where only rules are given', async () => {
    const begun = await call('', { rules: ['FIFO', 'EDD', 'SPT'] });
    const last = (await followed(begun.body.sweep_id)).at(-1)!;
    expect(last.ranking.map(({ priority_rule }) => priority_rule).sort()).toEqual(['EDD', 'FIFO', 'SPT']);
    const fifo = last.ranking.find(({ priority_rule }) => priority_rule === 'FIFO');
    // FIFO without changes is the baseline.
    expect(fifo).toMatchObject({ on_time_gain: 0, lead_time_gain_h: 0 });
  });

  it('that is cancelled simulates no further points, and can be begun anew', async () => {
    const sweep = { steps: Array.from({ length: 100 }, (_, step) => step + 1), rules: ['EDD', 'SPT'], phases: 'all' };
    const { body: begun } = await call('', sweep);
    const cancelled = await call(`/${begun.sweep_id}/cancel`, {});
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'CANCELLED', points: 200 } });
    // At most the two points that were being simulated, one for each of the queue's workers, still come in.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { body: after } = await call(`/${begun.sweep_id}`);
    expect(after.status).toBe('CANCELLED');
    expect(after.done).toBeLessThanOrEqual(cancelled.body.done + 2);
    expect(after.done).toBeLessThan(200);
    const { body: again } = await call('', sweep);
    expect(again.sweep_id).not.toBe(begun.sweep_id);
    await call(`/${again.sweep_id}/cancel`, {});
  });

  it('waits its turn and goes on where every question is refused', async () => {
    const refused = await fetch(`${product.url}/api/whatif/simulate`, { method: 'POST' });
    expect(refused.status).toBe(429);
    const { body: begun } = await call('', { steps: [1, 2, 3, 4], rules: ['LPT'], phases: 'all' });
    expect((await followed(begun.sweep_id)).at(-1)).toMatchObject({ status: 'COMPLETED', done: 4 });
  });

  /** A sweep of two parts, stored by a process that is killed once it has queued as many of them. */
  async function killedAfter(queuedParts: number, rule: string): Promise<number> {
    const producer = product.app.get(JobProducer);
    jest.spyOn(producer, 'addFlow').mockImplementation(async (_name, _payload, { name, payloads }) => {
      for (const part of payloads.slice(0, queuedParts)) await producer.add(name, part);
      throw new Error('killed');
    });
    const steps = Array.from({ length: 12 }, (_, step) => step + 1);
    expect((await call('', { steps, rules: [rule], phases: 'all' })).status).toBe(500);
    jest.restoreAllMocks();
    const { rows } = await product.sql.query<{ id: number }>('SELECT max(sweep_id)::int AS id FROM ops.whatif_sweeps');
    return rows[0].id;
  }

  it('that was stored and queued in part only is completed by the next start', async () => {
    const id = await killedAfter(1, 'MWKR');
    await product.app.get(WhatifModule).onApplicationBootstrap();
    expect((await followed(id)).at(-1)).toMatchObject({ status: 'COMPLETED', done: 12 });
  });

  it('that was stored and not queued is found by the scheduled look, which queues nothing twice', async () => {
    const id = await killedAfter(0, 'LWKR');
    expect((await call(`/${id}`)).body).toMatchObject({ status: 'QUEUED', done: 0 });
    await product.app.get(JobProducer).add('whatif.recover-sweeps', {});
    expect((await followed(id)).at(-1)).toMatchObject({ status: 'COMPLETED', done: 12 });
    expect(await product.app.get(SweepsService).recover()).toBe(0);
  });

  it('that was stored and not queued is queued when it is asked for again', async () => {
    const id = await killedAfter(0, 'MOPNR');
    const steps = Array.from({ length: 12 }, (_, step) => step + 1);
    const { body: again } = await call('', { steps, rules: ['MOPNR'], phases: 'all' });
    expect(again.sweep_id).toBe(id);
    expect((await followed(id)).at(-1)).toMatchObject({ status: 'COMPLETED', done: 12 });
  });

  it('of which the queue gave up a part fails and says so, instead of being queued for ever', async () => {
    const id = await killedAfter(0, 'WSPT');
    jest.spyOn(product.app.get(JobProducer), 'state').mockResolvedValue('failed');
    expect(await product.app.get(SweepsService).recover()).toBe(0);
    expect((await call(`/${id}`)).body).toMatchObject({
      status: 'FAILED',
      error: 'The processes that simulated from point 0 on were killed again and again.',
    });
  });

  it.each([
    [
      'a million scenarios',
      // 100 × 1000 × 10, as they are given: that most are the same helps nobody who meant them.
      {
        phases: Array.from({ length: 100 }, () => 'Laminagem'),
        steps: Array.from({ length: 1000 }, (_, step) => step + 1),
        rules: ['FIFO', 'EDD', 'SPT', 'SLACK', 'LPT', 'MWKR', 'LWKR', 'MOPNR', 'WSPT', 'RANDOM'],
      },
      /phases × steps × rules is '1000000 scenarios': .*at most 1000/,
    ],
    ['a base that is wrong', { base: { priority_rule: 'FASTEST' } }, /priority_rule is 'FASTEST': .*FIFO/],
    // This factory has one phase that needs capacity: with 100 steps and 10 rules it comes to the 1000 that are allowed.
    [
      'a hundred thousand steps',
      { steps: Array.from({ length: 100_000 }, () => 1) },
      /steps.* is '100000 scenarios': .*at most 1000/,
    ],
    ['a step of 0', { steps: [0] }, /steps is 0: .*1 to 100/],
    ['a rule nobody knows', { rules: ['FASTEST'] }, /rules is 'FASTEST': .*FIFO/],
    ['a phase nobody knows', { phases: [987] }, /phases.*'?987'?.*1 \(Laminagem\)/],
    ['a phase without capacity', { phases: [2] }, /phases is 2: .*needs capacity/],
  ])('is refused for %s, with the field and what may stand there', async (_, body, detail) => {
    const answer = await call('', body);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(detail);
  });

  it('nobody began is not found', async () => {
    expect((await call('/999999')).status).toBe(404);
    expect((await call('/x')).status).toBe(400);
  });
});
