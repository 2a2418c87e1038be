import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { smallFactory } from '../../support/factory-workbook';
import { get } from '../prodplan/seed';

let product: IngestionApp;
beforeAll(async () => {
  product = await startIngestionApp();
});
afterAll(() => product.close());

interface Body {
  detail: string;
  status?: string;
  warnings: string[];
  scenario_hash: string;
  orders: number;
  baseline_kpis: { lead_time_h: number };
  simulated_kpis: { lead_time_h: number };
  delta_kpis: { lead_time_h: number };
}

async function post(path: string, body?: unknown): Promise<{ status: number; text: string; body: Body }> {
  const answer = await fetch(`${product.url}/api/whatif/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) as Body };
}

describe('what-if questions', () => {
  it('are a 422 that says so while nothing is loaded', async () => {
    for (const path of ['simulate', 'vip', 'avaria']) {
      const { status, body } = await post(path, {});
      expect({ status, as: body.status }).toEqual({ status: 422, as: 'NOT_SUPPORTED_BY_DATA' });
    }
    expect((await get(`${product.url}/api/whatif/calendar`)).status).toBe(422);
  });

  it('take an empty body for the baseline', async () => {
    await product.load(smallFactory());
    const { status, body } = await post('simulate');
    expect(status).toBe(200);
    expect(body.delta_kpis).toMatchObject({ lead_time_h: 0, otd_pct: 0 });
    expect(body.simulated_kpis).toEqual(body.baseline_kpis);
  });

  it('answer the same request with the same bytes, by whatever form it is asked', async () => {
    const forms = [
      { capacity_overrides: { 1: 2 } },
      { capacity_overrides: { Laminagem: { throughput_multiplier: 2 } }, priority_rule: 'fifo' },
      { priority_rule: 'FIFO', capacity_overrides: { '1': { throughput_multiplier: '2' } }, order_filter: {} },
    ];
    // At once: one computation, one stored answer.
    const answers = await Promise.all([...forms, ...forms].map((form) => post('simulate', form)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const { rows } = await product.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM ops.whatif_runs WHERE scenario_hash = $1',
      [answers[0].body.scenario_hash],
    );
    expect(rows[0].count).toBe(1);
    const stored = await fetch(`${product.url}/api/whatif/result/${answers[0].body.scenario_hash}`);
    expect(await stored.text()).toBe(answers[0].text);
  });

  it('hold no moment of the clock', async () => {
    expect((await post('simulate')).text).not.toMatch(/\d{4}-\d{2}-\d{2}T/);
  });

  it.each([
    ['an unknown rule', { priority_rule: 'FASTEST' }, /priority_rule is 'FASTEST': .*FIFO.*EDD.*SPT/],
    ['an unknown phase', { capacity_overrides: { 987: 2 } }, /capacity_overrides.*'987'.*1 \(Laminagem\)/],
    ['a multiplier of 0', { capacity_overrides: { 1: 0 } }, /capacity_overrides\.1 is 0: .*above 0 to 100/],
    ['a negative one', { capacity_overrides: { 1: { throughput_multiplier: -1 } } }, /throughput_multiplier is -1/],
    ['one above 100', { capacity_overrides: { 1: 101 } }, /above 0 to 100/],
    ['one that is no number', { coef_overrides: { 1: 'NaN' } }, /coef_overrides\.1 is 'NaN'/],
    ['no servers', { capacity_overrides: { 1: { n_funcionarios: 0 } } }, /n_funcionarios is 0: .*from 1 to 1000/],
    ['a filter that selects nothing', { order_filter: { due_to: '1990-01-01' } }, /order_filter is .*selects none/],
    ['a filter of an unknown kind', { order_filter: { colour: 'red' } }, /order_filter\.colour .*produtos/],
    ['a day that does not exist', { calendar: { closed_days: ['2025-02-30'] } }, /closed_days is '2025-02-30'/],
    ['too many replications', { stochastic: { replications: 1e6 } }, /replications is 1000000: .*2 to 200/],
    ['a body that is a list', [1], /body/],
  ])('refuse %s with the field and what may stand there', async (_, body, detail) => {
    const answer = await post('simulate', body);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(detail);
  });

  it('take empty forms, and dates beyond the horizon, with a warning', async () => {
    for (const [path, form] of [
      ['vip', { sku: '', quantidade: 0, prazo: '' }],
      ['vip', { sku: '100', quantidade: 1, prazo: '2099-01-01' }],
      ['avaria', { recurso: '', de: '', ate: '' }],
      ['avaria', { recurso: '1', de: '2099-01-01T08:00', ate: '2099-01-02T08:00' }],
    ] as const) {
      const { status, body } = await post(path, form);
      expect({ path, status, warned: body.warnings.length > 0 }).toEqual({ path, status: 200, warned: true });
    }
    expect((await post('vip', { sku: 'no such', quantidade: 1, prazo: '2026-01-01' })).status).toBe(400);
    expect((await post('avaria', { recurso: 'no such', de: '', ate: '' })).status).toBe(400);
  });

  it('know no answer by a name that no answer has, whatever it is made of', async () => {
    for (const id of ['0', 'abc', '%00', '%F0%9F%98%80', '9'.repeat(400)]) {
      expect((await get(`${product.url}/api/whatif/result/${id}`)).status).toBe(404);
    }
  });

  it('list what was simulated page by page, each once, and compare two', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get<{ runs: { scenario_hash: string }[]; next_cursor: string | null }>(
        `${product.url}/api/whatif/runs?limit=2&cursor=${cursor}`,
      );
      seen.push(...body.runs.map((run) => run.scenario_hash));
      cursor = body.next_cursor ?? '';
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(4);
    const compared = await get<{ a: { scenario_hash: string } }>(
      `${product.url}/api/whatif/compare?a=${seen[0]}&b=${seen[1]}`,
    );
    expect(compared.status).toBe(200);
    expect(compared.body.a.scenario_hash).toBe(seen[0]);
    expect((await get(`${product.url}/api/whatif/compare?a=${seen[0]}`)).status).toBe(400);
    expect((await get(`${product.url}/api/whatif/result/nothing`)).status).toBe(404);
  });

  it('have another hash once other data are loaded', async () => {
    const before = (await post('simulate')).body.scenario_hash;
    const changed = smallFactory();
    changed['Modelos'] = changed['Modelos'].map((row) => ({ ...row, Produto_PesoDesmolde: 9.25 }));
    await product.load(changed);
    expect((await post('simulate')).body.scenario_hash).not.toBe(before);
  });
});
