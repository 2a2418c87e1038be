import { Metrics } from '../../../src/common/metrics';
import type { GateDto } from '../../../src/ops/dto/gates.dto';
import type { DataContractDto, PerformanceDto, ReleaseGateDto } from '../../../src/ops/dto/ops-answers.dto';
import { RequestTimes } from '../../../src/common/request-times';
import { assignment, smallFactory } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { get } from '../prodplan/seed';

let product: IngestionApp;
const ask = async <T>(path: string) => {
  const { status, body } = await get<T>(`${product.url}${path}`);
  expect({ path, status }).toEqual({ path, status: 200 });
  return body;
};
type Gates = Record<string, GateDto>;

describe('operations before the first load', () => {
  beforeAll(async () => {
    product = await startIngestionApp();
  });
  afterAll(() => product.close());

  it('has every gate closed, and says that nothing is loaded', async () => {
    const gates = await ask<Gates>('/ops/feature-gates');
    expect(Object.values(gates).map(({ enabled }) => enabled)).toEqual(Array(8).fill(false));
    expect(gates.produto_join.reason).toBe('No workbook has been loaded yet.');
  });

  it('has an empty contract and no promise broken', async () => {
    expect(await ask('/ops/data-contract')).toEqual({ match_rates: [], orphan_counts: [], issues: [], rejects: [] });
    const { slos, not_measured, generated_at } = await ask<PerformanceDto>('/ops/performance');
    expect(generated_at).toBeNull();
    // No request of any target was answered: none is kept, none is broken.
    expect(slos).toEqual([]);
    expect(not_measured).toHaveLength(11);
    expect(not_measured[0]).toBe('orders p95');
  });

  it('may be released', async () => {
    expect(await ask<ReleaseGateDto>('/api/ops/release-gate')).toMatchObject({
      passed: true,
      timestamp: '2025-12-12T00:00:00+00:00',
    });
  });
});

describe('operations of a loaded workbook', () => {
  beforeAll(async () => {
    product = await startIngestionApp();
    await product.load(smallFactory());
  });
  afterAll(() => product.close());

  it('closes a gate below its threshold, and leaves a degraded one open with its reason', async () => {
    // Of the assigned phases 11, 21, 22, 999 three exist; of the ordered products 100, 101, 999 two are in Modelos.
    const gates = await ask<Gates>('/ops/feature-gates');
    expect(gates.employee_productivity).toEqual({
      feature: 'employee_productivity',
      enabled: false,
      match_rate: 0.75,
      threshold: 0.9,
      reason: expect.any(String),
      suggestion: expect.any(String),
      relationship: expect.any(String),
    });
    expect(gates.produto_join).toMatchObject({
      enabled: true,
      status: 'ON',
      degraded: true,
      match_rate: 2 / 3,
      threshold: 0.95,
    });
  });

  it('shows the gates under gates and at the top, and nothing else', async () => {
    const bare = await ask<Gates>('/ops/feature-gates');
    expect(await ask('/api/ops/feature-gates')).toEqual({ ...bare, gates: bare });
  });

  it('opens a gate by itself when the data allow it, and shows no rate of an earlier load', async () => {
    const other = await startIngestionApp();
    await other.load(smallFactory());
    await other.load(
      { ...smallFactory(), FuncionariosFaseOrdemFabrico: [assignment(11, 7, 1)] },
      { allowMassAbsence: ['FuncionariosFaseOrdemFabrico'] },
    );
    const { body } = await get<Gates>(`${other.url}/ops/feature-gates`);
    expect(body.employee_productivity).toMatchObject({ enabled: true, status: 'ON', degraded: false, match_rate: 1 });
    const contract = await get<DataContractDto>(`${other.url}/api/ops/data-contract`);
    expect(contract.body.match_rates.map(({ rate }) => rate)).toEqual([1, 2 / 3]);
    await other.close();
  });

  it('counts orphans and findings, each with the place where exactly as many rows are listed', async () => {
    const contract = await ask<DataContractDto>('/api/ops/data-contract');
    expect(contract.match_rates.map(({ table, rate }) => [table, rate])).toEqual([
      ['funcionarios_fase_ordem_fabrico -> fases_ordem_fabrico', 0.75],
      ['ordens_fabrico -> modelos', 2 / 3],
    ]);
    // The assignment to phase 999, and order 3 of product 999.
    expect(contract.orphan_counts).toEqual([
      { table: 'funcionarios_fase_ordem_fabrico', count: 1 },
      { table: 'ordens_fabrico', count: 1 },
    ]);
    expect(contract.issues.map(({ code }) => code).sort()).toEqual(['ORPHAN_PHASE', 'ORPHAN_PRODUCT']);
    expect(contract.rejects).toEqual([]);
    for (const { count, drill_down = '' } of contract.issues) {
      expect((await ask<{ issues: unknown[] }>(drill_down)).issues).toHaveLength(count);
    }
  });

  it('leads to quarantined rows too', async () => {
    const sheets = smallFactory();
    const other = await startIngestionApp();
    // Worker 99 does not exist.
    const FuncionariosFaseOrdemFabrico = [...sheets.FuncionariosFaseOrdemFabrico, assignment(12, 99, 0)];
    await other.load({ ...sheets, FuncionariosFaseOrdemFabrico });
    const { body } = await get<DataContractDto>(`${other.url}/api/ops/data-contract`);
    expect(body.rejects).toMatchObject([{ code: 'UNKNOWN_WORKER', count: 1 }]);
    const listed = await get<{ rejects: unknown[] }>(`${other.url}${body.rejects[0].drill_down}`);
    expect(listed.body.rejects).toHaveLength(1);
    await other.close();
  });

  it('measures its own answers and tells when a promise is broken', async () => {
    const row = async () => (await ask<PerformanceDto>('/api/ops/performance')).slos[0];
    await ask('/api/prodplan/orders');
    expect(await row()).toMatchObject({
      actual: expect.stringMatching(/^\d+\.\d ms$/),
      details: 'over the latest 1 requests',
    });
    // However long that one took: of 21 and of 41 durations the 20th and the 39th count, which are none of the ends.
    const add = (milliseconds: number) => product.app.get(RequestTimes).add('GET /api/prodplan/orders', milliseconds);
    for (let quick = 0; quick < 20; quick += 1) add(1);
    expect(await row()).toMatchObject({ status: 'PASS', actual: '1.0 ms', details: 'over the latest 21 requests' });
    for (let slow = 0; slow < 20; slow += 1) add(401);
    expect(await row()).toMatchObject({ status: 'FAIL', actual: '401.0 ms', details: 'over the latest 41 requests' });
  });

  it('tells Prometheus of each route by its pattern, never by an id', async () => {
    await get(`${product.url}/api/prodplan/orders/987654321`);
    const text = await (await fetch(`${product.url}/metrics`)).text();
    expect(text).toContain(
      'http_request_duration_seconds_count{route="GET /api/prodplan/orders/:of_id",status="404"} 1',
    );
    expect(text).not.toContain('987654321');
    expect(
      product.app
        .get(Metrics)
        .registry.getMetricsAsArray()
        .map(({ name }) => name),
    ).toEqual(expect.arrayContaining(['cache_hits_total', 'cache_misses_total', 'cache_errors_total']));
  });

  it('blocks a release after a load that did not balance, with what to do', async () => {
    await product.sql.query(
      `INSERT INTO ops.ingestion_runs (status, created_at, workbook_name, workbook_path, error_code, error_remedy)
       VALUES ('FAILED', '2025-12-12T00:00:00Z', 'w.xlsx', 'w.xlsx', 'COUNT_MISMATCH', 'look at the workbook')`,
    );
    const gate = await ask<ReleaseGateDto>('/api/ops/release-gate');
    expect(gate.passed).toBe(false);
    expect(gate.blocked_reason).toContain('COUNT_MISMATCH');
    expect(gate.checks.find(({ passed }) => !passed)).toMatchObject({
      name: 'ingestion',
      reason: 'look at the workbook',
    });
  });
});
