import { Worker } from 'node:worker_threads';
import { ModelsService } from '../../../src/whatif/model/models.service';
import { SimulationPool } from '../../../src/whatif/threads/simulation-pool';
import { WhatifService } from '../../../src/whatif/whatif.service';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { smallFactory } from '../../support/factory-workbook';
import { until } from '../../support/until';

let product: IngestionApp;
let asked: jest.SpiedFunction<SimulationPool['ask']>;
let letGo: () => void;
beforeAll(async () => {
  // One thread and one place in line: the third question is one too many.
  product = await startIngestionApp({ env: { readThreads: 1, whatifThreads: 1, whatifQueueLimit: 1 } });
  await product.load(smallFactory());
  await fetch(`${product.url}/api/whatif/calendar`);
  asked = jest.spyOn(product.app.get(SimulationPool), 'ask');
});
beforeEach(() => {
  letGo = holdThreads();
});
afterEach(() => {
  letGo();
  asked.mockClear();
});
afterAll(() => product.close());

/**
 * Keeps what threads are told until it is let go: before, no question is answered, however late those are that the tests
 * ask beside it.
 */
function holdThreads(): () => void {
  const untold: (() => void)[] = [];
  const told = jest.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, message) {
    untold.push(() => this.postMessage(message));
  });
  return () => {
    told.mockRestore();
    for (const tell of untold.splice(0)) tell();
  };
}

/** A question of its own for each seed. */
function ask(seed: number, signal?: AbortSignal): Promise<Response> {
  return fetch(`${product.url}/api/whatif/simulate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ priority_rule: 'RANDOM', seed }),
    signal,
  });
}

/**
 * Counts who waits for an answer, and tells how the first of them is done. Who comes once another has left, or has its
 * answer, asks anew: all that are to share one must wait for it first.
 */
function waiting(): { reach(count: number): Promise<void>; first(): Promise<string> } {
  const service = product.app.get<{ wait(...parameters: unknown[]): Promise<string> }>(WhatifService);
  const waits = jest.spyOn(service, 'wait');
  const begun: Promise<string>[] = [];
  return {
    async reach(count) {
      await until(() => waits.mock.calls.length === count);
      begun.push(...waits.mock.results.map(({ value }) => value as Promise<string>));
      waits.mockRestore();
    },
    first: () => Promise.race(begun),
  };
}

async function stored(seed: number): Promise<number> {
  const { rows } = await product.sql.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM ops.whatif_runs WHERE seed = $1',
    [seed],
  );
  return rows[0].count;
}

describe('a simulation', () => {
  it('that its only client leaves is ended, frees its thread, and is not stored', async () => {
    const client = new AbortController();
    const left = ask(1, client.signal).catch((error: Error) => error.name);
    await until(() => asked.mock.calls.length === 1);
    client.abort();
    expect(await left).toBe('AbortError');
    await expect(asked.mock.results[0].value).rejects.toThrow('Nobody waits for the scenario any more.');
    letGo();
    // The one thread answers the next.
    expect((await ask(2)).status).toBe(200);
    expect(await stored(1)).toBe(0);
  });

  it('goes on for the one who stays when another leaves', async () => {
    const client = new AbortController();
    const both = waiting();
    const leaves = ask(4, client.signal).catch((error: Error) => error.name);
    const stays = ask(4);
    await both.reach(2);
    client.abort();
    expect(await leaves).toBe('AbortError');
    // The product has seen it too: nothing is answered yet, so that only who leaves is done.
    await expect(both.first()).rejects.toBeDefined();
    letGo();
    expect((await stays).status).toBe(200);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await stored(4)).toBe(1);
  });

  it('is computed once however many ask the same at once', async () => {
    const four = waiting();
    const asking = Promise.all([5, 5, 5, 5].map((seed) => ask(seed)));
    await four.reach(4);
    letGo();
    const answers = await asking;
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(texts).size).toBe(1);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('is a 429 that says so beyond the line, and an answer again once the line is free', async () => {
    const runs = ask(7);
    await until(() => asked.mock.calls.length === 1);
    const waits = ask(8);
    await until(() => asked.mock.calls.length === 2);
    const refused = await ask(9);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      detail: '1 scenarios wait to be simulated already. Ask again in a moment.',
      error_code: 'TOO_MANY_REQUESTS',
    });
    letGo();
    expect([(await runs).status, (await waits).status]).toEqual([200, 200]);
    expect((await ask(9)).status).toBe(200);
  });

  it('of a job waits its turn in a full line, is seen there, and takes nobody the place', async () => {
    const runs = ask(15);
    await until(() => asked.mock.calls.length === 1);
    const waits = ask(16);
    await until(() => asked.mock.calls.length === 2);
    const known = (await product.app.get(ModelsService).current())!;
    const request = product.app.get(WhatifService).read(known, 'simulate', { priority_rule: 'RANDOM', seed: 17 });
    const order: number[] = [];
    const job = product.app
      .get(SimulationPool)
      .askForJob(known, request, new AbortController().signal)
      .then(() => order.push(17));
    const metrics = await (await fetch(`${product.url}/metrics`)).text();
    for (const state of ['running', 'asked', 'job']) expect(metrics).toContain(`whatif_scenarios{state="${state}"} 1`);
    expect((await ask(18)).status).toBe(429);
    const answered = asked.mock.results[1].value.then(() => order.push(16));
    letGo();
    await Promise.all([answered, job]);
    expect(order).toEqual([16, 17]);
    expect([(await runs).status, (await waits).status]).toEqual([200, 200]);
  });

  it('that is left while it waits in line makes room for another', async () => {
    const runs = ask(11);
    await until(() => asked.mock.calls.length === 1);
    const client = new AbortController();
    const left = ask(12, client.signal).catch((error: Error) => error.name);
    await until(() => asked.mock.calls.length === 2);
    client.abort();
    expect(await left).toBe('AbortError');
    await expect(asked.mock.results[1].value).rejects.toThrow('Nobody waits for the scenario any more.');
    // The one before it still runs.
    const next = ask(13);
    await until(() => asked.mock.calls.length === 3);
    letGo();
    expect((await next).status).toBe(200);
    expect((await runs).status).toBe(200);
    expect(await stored(12)).toBe(0);
  });
});
