import type { KpisByEmployeeDto } from '../../../src/kpis/dto/employees.dto';
import { join } from 'node:path';
import { writeSampleWorkbook } from '@libs/sample';
import { ReadingService } from '../../../src/analytics/reading/reading.service';
import { assignment } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { get } from '../prodplan/seed';
import { workshop } from './workshop';

describe('the key figures of workers', () => {
  let app: IngestionApp;
  const read = (query = '') => get<KpisByEmployeeDto>(`${app.url}/api/kpis/by-employee${query}`);

  beforeAll(async () => {
    app = await startIngestionApp();
  });
  afterAll(() => app.close());

  it('are not supported while too few of the phases that assignments name exist', async () => {
    const sheets = workshop();
    // Phases 61, 101, 11 exist, 999 does not: 3 of 4.
    sheets['FuncionariosFaseOrdemFabrico'] = [...sheets['FuncionariosFaseOrdemFabrico'], assignment(999, 7, 0)];
    await app.load(sheets);
    expect(await read()).toEqual({
      status: 200,
      body: {
        status: 'NOT_SUPPORTED_BY_DATA',
        detail: expect.stringContaining('Of the 4 phases that workers are assigned to, 3 (75.0 %)'),
        reason: 'employee_productivity',
        match_rate: 0.75,
        threshold: 0.9,
        matches: 3,
        total: 4,
        suggestion: expect.any(String),
        employees: [],
        from_date: '2025-09-11T12:00:00+01:00',
        to_date: '2025-12-10T12:00:00+00:00',
        as_of: '2025-12-10T12:00:00+00:00',
        generated_at: '2025-12-12T00:00:00+00:00',
      },
    });
  });

  it('open by themselves with data that support them', async () => {
    await app.load(workshop(), { allowMassAbsence: ['FuncionariosFaseOrdemFabrico'] });
    const { status, body } = await read();
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('status');
    // The median of type 1 in the window is 3 h (2 2 4 139). Worker 7: phases 61 (4 h, with 8, as chief) and 101 (2 h):
    // 6 h, shared 2 + 2; ratios 4/3 and 2/3, median 1. Worker 8: phases 61 and 11 (2 h): the same hours; one error names 11.
    expect(body.employees).toEqual([
      {
        funcionario_id: 7,
        funcionario_nome: 'Trabalhador A',
        phases_worked: 2,
        phases_as_chief: 1,
        elapsed_hours: 6,
        elapsed_hours_shared: 4,
        ratio_to_phase_median: expect.closeTo(1, 12),
        errors: 0,
      },
      {
        funcionario_id: 8,
        funcionario_nome: 'Trabalhador B',
        phases_worked: 2,
        phases_as_chief: 0,
        elapsed_hours: 6,
        elapsed_hours_shared: 4,
        ratio_to_phase_median: expect.closeTo(1, 12),
        errors: 1,
      },
    ]);
  });

  it('are those of the phases that ended in the window', async () => {
    // Only phase 101 ended from 2025-12-05 on; its type's median in the window is its own 2 h.
    expect((await read('?from=2025-12-05')).body.employees).toEqual([
      expect.objectContaining({ funcionario_id: 7, phases_worked: 1, elapsed_hours: 2, ratio_to_phase_median: 1 }),
    ]);
    expect((await read('?from=2024-01-01&to=2024-02-01')).body.employees).toEqual([]);
  });
});

describe('the key figures of workers over a generated workbook', () => {
  it.each([
    [0.3, 'NOT_SUPPORTED_BY_DATA'],
    [1, undefined],
  ])('with a match rate of %d have the status %s', async (matchRate, expected) => {
    const app = await startIngestionApp();
    try {
      await writeSampleWorkbook(join(app.env.dataDir, 'sample.xlsx'), {
        scale: 0.01,
        seed: 7,
        assignmentMatchRate: matchRate,
      });
      await app.service.acceptAndRun({ path: 'sample.xlsx' });
      const { body } = await get<KpisByEmployeeDto>(`${app.url}/api/kpis/by-employee?from=1990-01-01`);
      expect(body.status).toBe(expected);
      // Each assignment to an ended phase of the window is one phase worked, of exactly one worker.
      const { rows } = await app.sql.query<{ worked: number; chief: number }>(
        `SELECT count(*)::int AS worked, (count(*) FILTER (WHERE a.chefe = 1))::int AS chief
         FROM core.funcionarios_fase_ordem_fabrico a
         JOIN core.fases_ordem_fabrico p ON p.faseof_id = a.funcionariofaseof_id
         WHERE p.faseof_fim < (SELECT as_of FROM ops.ingestion_runs)`,
      );
      const sum = (key: 'phases_worked' | 'phases_as_chief') =>
        body.employees.reduce((total, worker) => total + worker[key], 0);
      if (expected === undefined) {
        expect(rows[0].worked).toBeGreaterThan(100);
        expect([sum('phases_worked'), sum('phases_as_chief')]).toEqual([rows[0].worked, rows[0].chief]);
      } else expect(body.employees).toEqual([]);
      // From the table that is prepared for reading: the same to the last digit, in a window of parts of days too.
      const ask = (query: string) => get<KpisByEmployeeDto>(`${app.url}/api/kpis/by-employee?${query}`);
      const windows = ['from=1990-01-01', 'from=2025-02-10T07:00&to=2025-04-10T17:00', 'from=1990-01-01&to=1990-01-01'];
      const before = await Promise.all(windows.map(ask));
      await app.app.get(ReadingService).prepare();
      const prepared = await app.sql.query('SELECT 1 FROM analytics.worker_phase LIMIT 1');
      expect(prepared.rowCount).toBe(expected === undefined ? 1 : 0);
      expect(await Promise.all(windows.map(ask))).toEqual(before);
    } finally {
      await app.close();
    }
  });
});
