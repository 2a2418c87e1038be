import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { CHROMIUM, startBrowser, type TestBrowser } from '../../support/browser';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { steadyFactory } from './steady-factory';

/**
 * What the frontend's what-if page does, and nothing else of it: its simulate call goes through axios (key, axios' Accept),
 * vip and avaria through a plain fetch without a key; each figure it shows goes through toFixed, which a string or null
 * does not survive; every failure shows the one sentence.
 */
const PAGE = (api: string): string => `<!doctype html><meta charset="utf-8"><title>What-if</title>
<p id="state"></p><table id="kpis"></table><ul id="orders"></ul>
<script>
const show = (id, text) => { document.getElementById(id).innerHTML = text; };
async function call(path, headers, body) {
  show('state', 'A simular'); show('kpis', ''); show('orders', '');
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
  const response = await fetch('${api}/api/whatif/' + path, init);
  const answer = await response.json();
  if (!response.ok) { show('state', 'Erro ao executar simulação'); return { status: response.status, answer }; }
  const figures = answer.baseline_kpis.makespan_h ? ['otd_pct', 'lead_time_h', 'makespan_h'] : ['otd_pct', 'lead_time_h'];
  show('kpis', figures.map((figure) => '<tr><th>' + figure + '</th>' +
    ['baseline_kpis', 'simulated_kpis', 'delta_kpis'].map((of) => '<td>' + answer[of][figure].toFixed(1) + '</td>').join('') +
    '</tr>').join(''));
  show('orders', answer.top_affected_orders.map(({ of_id, delta_lead_time_h, new_status }) => '<li>' + of_id.trim() + ' ' +
    (delta_lead_time_h ? delta_lead_time_h.toFixed(1) + 'h' : 'N/A') + ' ' + (new_status || '') + '</li>').join(''));
  show('state', 'Pronto');
  return { status: response.status, answer };
}
const AXIOS = { 'X-API-Key': 'dev-key', Accept: 'application/json, text/plain, */*' };
const simulate = (body) => call('simulate', AXIOS, body);
const vip = (body) => call('vip', {}, body);
const avaria = (body) => call('avaria', {}, body);
</script>`;

interface Called {
  status: number;
  answer: { detail?: string; status?: string; reason?: string; warnings?: string[] };
}

(CHROMIUM === undefined ? describe.skip : describe)('the what-if page of another origin in a real browser', () => {
  let product: IngestionApp;
  let frontend: Server;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    frontend = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html').end(PAGE(product.url));
    }).listen(0, '127.0.0.1');
    await once(frontend, 'listening');
    const origin = `http://127.0.0.1:${(frontend.address() as AddressInfo).port}`;
    product = await startIngestionApp({ env: { readThreads: 1, corsOrigins: [origin] } });
    browser = await startBrowser();
    page = await browser.context.newPage();
    await page.goto(origin);
  });
  afterAll(async () => {
    await browser.close();
    frontend.close();
    await product.close();
  });

  const call = (what: 'simulate' | 'vip' | 'avaria', body: object): Promise<Called> =>
    page.evaluate<Called>(`${what}(${JSON.stringify(body)})`);
  const state = (): Promise<string | null> => page.locator('#state').textContent();
  /** The table as it is shown: by figure, baseline, simulated and delta. */
  const shown = async (): Promise<Record<string, number[]>> =>
    Object.fromEntries(
      (await page.locator('#kpis tr').allInnerTexts()).map((row) => {
        const [figure, ...values] = row.split(/\s+/);
        return [figure, values.map(Number)];
      }),
    );

  it('can read why nothing is simulated while nothing is loaded', async () => {
    const { status, answer } = await call('simulate', { priority_rule: 'FIFO' });
    expect({ status, as: answer.status }).toEqual({ status: 422, as: 'NOT_SUPPORTED_BY_DATA' });
    expect(answer.reason).toMatch(/No workbook/);
    expect(await state()).toBe('Erro ao executar simulação');
  });

  it('shows a number for every figure, of the baseline, the scenario and their difference', async () => {
    await product.load(steadyFactory());
    for (const priority_rule of ['FIFO', 'EDD', 'SPT']) {
      expect((await call('simulate', { priority_rule })).status).toBe(200);
      expect(await state()).toBe('Pronto');
      const kpis = await shown();
      expect(Object.keys(kpis)).toEqual(['otd_pct', 'lead_time_h', 'makespan_h']);
      for (const values of Object.values(kpis)) {
        expect(values).toHaveLength(3);
        expect(values.every(Number.isFinite)).toBe(true);
      }
      expect(kpis.otd_pct[0]).toBeGreaterThan(1);
    }
  });

  it('lists the orders that move, by number, with by how much', async () => {
    // At half the capacity the ten orders of this factory all wait longer, but for the first.
    await call('simulate', { priority_rule: 'FIFO', capacity_overrides: { 1: { throughput_multiplier: 0.5 } } });
    const { lead_time_h: lead } = await shown();
    expect(lead[2]).toBeCloseTo(lead[1] - lead[0], 0);
    expect(lead[2]).toBeGreaterThan(0);
    const orders = await page.locator('#orders li').allInnerTexts();
    expect(orders.length).toBeGreaterThan(0);
    for (const order of orders) expect(order).toMatch(/^\d+ -?\d+\.\dh( [A-Z_]+)?$/);
  });

  it('sends its urgent order and its breakdown without a key, filled in and empty', async () => {
    const forms = [
      ['vip', { sku: '100', quantidade: 2, prazo: '2025-12-19' }],
      ['vip', { sku: '', quantidade: 0, prazo: '' }],
      ['avaria', { recurso: 'Laminagem', de: '2025-12-12T08:00', ate: '2025-12-15T18:00' }],
      ['avaria', { recurso: '', de: '', ate: '' }],
    ] as const;
    for (const [what, form] of forms) {
      expect({ form, status: (await call(what, form)).status }).toEqual({ form, status: 200 });
      expect(await state()).toBe('Pronto');
    }
  });

  it('can read the detail of what it typed wrong', async () => {
    for (const [phase, throughput_multiplier, detail] of [
      ['não há', 2, /não há.*1 \(Laminagem\)/],
      ['1', 0, /throughput_multiplier is 0: .*above 0 to 100/],
      ['1', -3, /throughput_multiplier is -3/],
    ] as const) {
      const capacity_overrides = { [phase]: { throughput_multiplier } };
      const { status, answer } = await call('simulate', { priority_rule: 'FIFO', capacity_overrides });
      expect(status).toBe(400);
      expect(answer.detail).toMatch(detail);
    }
  });

  it('of an origin that is not allowed learns nothing', async () => {
    const preflight = async (origin: string): Promise<string | null> => {
      const { headers } = await fetch(`${product.url}/api/whatif/simulate`, {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'content-type,x-api-key',
        },
      });
      return headers.get('access-control-allow-origin');
    };
    expect(await preflight('http://127.0.0.1:1')).toBeNull();
    expect(await preflight(new URL(page.url()).origin)).toBe(new URL(page.url()).origin);
  });
});
