import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../../support/app';
import { CHROMIUM, startBrowser, type TestBrowser } from '../../support/browser';
import { FRONTEND } from './frontend';
import { seedSeasonalFactory } from './seasonal-factory';

/** What no page may show. */
const NO_VALUE = /undefined|NaN|null|Infinity|Invalid Date|\[object/;

interface Called {
  status: number;
  answer: { detail?: string; reason?: string; job_id?: string };
}

(CHROMIUM === undefined ? describe.skip : describe)('the three ML pages of another origin in a real browser', () => {
  let product: TestApp;
  let frontend: Server;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    frontend = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html').end(FRONTEND);
    }).listen(0, '127.0.0.1');
    await once(frontend, 'listening');
    browser = await startBrowser();
    page = await browser.context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    frontend.close();
  });

  /** The page, opened anew over a product of its own. */
  async function open(orders: number): Promise<void> {
    const origin = `http://127.0.0.1:${(frontend.address() as AddressInfo).port}`;
    product = await startTestApp({ queues: true, env: { corsOrigins: [origin] } });
    if (orders > 0) await seedSeasonalFactory(product.sql, orders);
    await page.goto(`${origin}/?api=${encodeURIComponent(product.url)}`);
  }

  const call = (expression: string): Promise<Called> => page.evaluate<Called>(expression);
  const text = (id: string): Promise<string> => page.locator(`#${id}`).innerText();
  const lines = (id: string): Promise<string[]> => page.locator(`#${id} li`).allInnerTexts();
  const numbersOf = (line: string): number[] => line.match(/-?\d+\.\d+/g)?.map(Number) ?? [];
  const expectNoHoles = async (): Promise<void> => expect(await page.locator('body').innerText()).not.toMatch(NO_VALUE);

  describe.each([
    ['nothing is loaded', 0, /^Only 0 orders are finished; predictions need 500\.$/],
    // Of 540 orders the last 20 to 39 days' are open.
    ['too few orders are finished', 500, /^Only 4\d\d orders are finished; predictions need 500\.$/],
  ])('while %s', (_, orders, reason) => {
    beforeAll(() => open(orders));
    afterAll(() => product.close());

    it('the page of predictions shows why there is none', async () => {
      expect((await call('predict(1)')).status).toBe(422);
      expect(await text('state')).toMatch(reason);
      expect(await lines('figures')).toEqual([]);
    });

    it('the page of explanations says that the data do not support one', async () => {
      expect((await call('explain(1)')).status).toBe(422);
      expect(await text('state')).toBe('NOT_SUPPORTED_BY_DATA');
    });

    it('the page of trainings has no models; a training that is asked for ends with the count', async () => {
      await call('models()');
      expect(await text('state')).toBe('Sem modelos registados');
      const { answer } = await call("train('leadtime')");
      expect(await lines('jobs')).toEqual([expect.stringMatching(/^leadtime queued ml-train-\d+ 3 min /)]);
      expect(await endOf(answer.job_id)).toMatchObject({
        status: 'failed',
        detail: expect.stringMatching(/^\d+ orders are finished: at least 500 are needed\.$/),
      });
      await call('models()');
      expect(await text('state')).toBe('Sem modelos registados');
      await expectNoHoles();
    });
  });

  describe('with a past to learn from', () => {
    beforeAll(() => open(1500));
    afterAll(() => product.close());

    it('shows a prediction before any model is trained: the baseline’s, with its interval', async () => {
      expect((await call('predict(1)')).status).toBe(200);
      const [predicted, interval, baseline, version] = await lines('figures');
      const [hours] = numbersOf(predicted);
      const [low, high] = numbersOf(interval);
      // All lead times lie from 20 to 79 days.
      expect(low).toBeGreaterThanOrEqual(20 * 24);
      expect(low).toBeLessThanOrEqual(hours);
      expect(high).toBeGreaterThanOrEqual(hours);
      expect(high).toBeLessThanOrEqual(79 * 24);
      expect(numbersOf(baseline)).toEqual([hours]);
      expect(version).toMatch(/^model_version baseline \w+$/);
      await expectNoHoles();
    });

    it('shows what the baseline’s prediction comes from', async () => {
      await call('explain(1)');
      expect(await lines('figures')).toEqual([
        expect.stringMatching(/^usual lead time \(of the product\) \d+\.\d\d -?\d+\.\d\d$/),
      ]);
      await expectNoHoles();
    });

    it('of a product that nobody knows it shows that there is no prediction, and leaves its form', async () => {
      const { status, answer } = await call('predict(77)');
      expect(status).toBe(404);
      expect(answer.detail).toContain('There is no product 77');
      expect(await text('state')).toBe('Erro ao gerar previsão');
      await call('explain(77)');
      expect(await text('state')).toContain('There is no product 77');
    });

    it('trains both kinds by bodyless requests without a key, and lists the models with three figures each', async () => {
      const asked = [await call("train('leadtime')"), await call("train('risk')")];
      expect(await lines('jobs')).toEqual([
        expect.stringMatching(/^leadtime queued ml-train-\d+ 3 min /),
        expect.stringMatching(/^risk queued ml-train-\d+ 3 min /),
      ]);
      for (const { answer } of asked) expect(await endOf(answer.job_id)).toMatchObject({ status: 'completed' });
      await call('models()');
      const models = (await lines('models')).sort();
      expect(models.map((line) => line.split(' ')[0])).toEqual([
        'leadtime-1',
        'leadtime_transport-1',
        'risk-1',
        'risk_severe-1',
      ]);
      const [leadTime, , risk] = models;
      // What a planner asks first: how far off it is, how far off the baseline is, how often the interval holds.
      expect(leadTime).toMatch(/mae_days=[\d.]+ baseline_mae_days=[\d.]+ p10_p90_coverage=[\d.]+ active /);
      expect(risk).toMatch(/auc=[\d.]+ brier=[\d.]+ baseline_brier=[\d.]+ /);
      expect(await text('state')).toMatch(/^4 modelos, [1-4] ativos$/);
      await expectNoHoles();
    }, 300_000);

    it('shows the model’s prediction, which knows the season, beside the baseline’s', async () => {
      await call('predict(1)');
      const [predicted, interval, baseline, version] = await lines('figures');
      // The data clock stands in winter: 20 to 39 days. The median of a product is of the whole year.
      const [days] = numbersOf(predicted).map((hours) => hours / 24);
      expect(days).toBeGreaterThan(18);
      expect(days).toBeLessThan(45);
      expect(numbersOf(interval)).toHaveLength(2);
      expect(numbersOf(baseline)[0]).not.toBe(24 * days);
      expect(version).toBe('model_version 1');
      await expectNoHoles();
    });

    it('shows a number for every feature that the prediction comes from, the weightiest first', async () => {
      const { answer } = await call('explain(1)');
      const shown = await lines('figures');
      expect(shown.length).toBeGreaterThan(40);
      expect(shown.map((line) => numbersOf(line).length >= 2)).not.toContain(false);
      const weights = shown.map((line) => Math.abs(numbersOf(line).at(-1) ?? NaN));
      expect(weights[0]).toBe(Math.max(...weights));
      expect(await text('state')).toBe('Pronto');
      expect(answer).toMatchObject({ model_version: '1', prediction: expect.any(Number) });
      await expectNoHoles();
    });
  });

  /** What became of a training; waits for its end. */
  async function endOf(jobId: string | undefined): Promise<object> {
    for (;;) {
      const answer = await fetch(`${product.url}/api/ml/train/jobs`);
      const { jobs } = (await answer.json()) as { jobs: { job_id: string; status: string }[] };
      const job = jobs.find(({ job_id }) => job_id === jobId);
      if (job !== undefined && !['queued', 'running'].includes(job.status)) return job;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
});
