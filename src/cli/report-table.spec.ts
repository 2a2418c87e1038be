import type { RunReport } from '../ingestion/queries/run-report';
import { balance, formatReport } from './report-table';

const ORDERS = {
  sheet: 'OrdensFabrico',
  extracted: 27380,
  inserted: 27000,
  updated: 300,
  unchanged: 70,
  duplicates: 4,
  quarantined: 6,
  absent: 12,
  seconds: 0.84,
};
const PHASES = { ...ORDERS, sheet: 'FasesOrdemFabrico', extracted: 519079, inserted: 518699, absent: 0, seconds: 12.5 };

const REPORT: RunReport = {
  run_id: 12,
  status: 'COMPLETED',
  as_of: '2025-12-11T12:50:00+00:00',
  sample: false,
  workbook: { name: 'Folha_IA.xlsx', sha256: '0123456789abcdef', bytes: 38_797_312 },
  sheets: [ORDERS, PHASES],
  rejects: [{ sheet: 'FasesOrdemFabrico', reason_code: 'INVALID_TIME_RANGE', count: 2989 }],
  issues: [{ sheet: 'OrdensFabrico', code: 'MISSING_FINISH', count: 241 }],
  match_rates: [
    { name: 'produto_join', matches: 894, total: 1233, rate: 894 / 1233, threshold: 0.95, status: 'DEGRADED' },
    { name: 'employee_productivity', matches: 0, total: 0, rate: null, threshold: 0.9, status: 'NO_DATA' },
  ],
  steps: [{ name: 'merge', seconds: 6.12, rows: 1_078_180 }],
  warnings: ['Sheet Moldes is not known and was left out.'],
  seconds: 24.84,
  peak_rss_mb: 412.4,
};

describe('the printed report', () => {
  it('reads as a person would lay it out', () => {
    expect(formatReport(REPORT)).toBe(
      [
        'Run 12: COMPLETED',
        '  workbook  Folha_IA.xlsx, 38.8 MB, sha256 0123456789ab…',
        '  as of     2025-12-11T12:50:00+00:00',
        '',
        'Accounting',
        '  sheet              extracted =  inserted +  updated +  unchanged +  duplicates +  quarantined  absent  seconds',
        '  OrdensFabrico         27,380 =    27,000 +      300 +         70 +           4 +            6      12     0.84',
        '  FasesOrdemFabrico    519,079 =   518,699 +      300 +         70 +           4 +            6       0     12.5',
        '  total                546,459 =   545,699 +      600 +        140 +           8 +           12      12     13.3',
        // 27,380 + 519,079
        '  Balanced: all 546,459 rows of 2 sheets are accounted for.',
        '',
        'Quarantined rows',
        '  sheet              reason               rows',
        '  FasesOrdemFabrico  INVALID_TIME_RANGE  2,989',
        '',
        'Issues (rows kept)',
        '  sheet          code            rows',
        '  OrdensFabrico  MISSING_FINISH   241',
        '',
        'Match rates',
        '  relationship                matches    rate  threshold  status',
        // 894 / 1,233 = 0.72506
        '  produto_join           894 of 1,233  72.5 %     95.0 %  DEGRADED',
        '  employee_productivity        0 of 0             90.0 %  NO_DATA',
        '',
        'Steps',
        '  step        rows  seconds',
        '  merge  1,078,180      6.1',
        '',
        'Warnings',
        '  Sheet Moldes is not known and was left out.',
        '',
        '24.8 s, peak memory 412 MB',
        '',
      ].join('\n'),
    );
  });

  it('says that it does not balance when the figures do not, whatever the status claims', () => {
    // 27,000 + 300 + 70 + 4 + 5 = 27,379, one short of 27,380
    const text = formatReport({ ...REPORT, sheets: [{ ...ORDERS, quarantined: 5 }, PHASES] });
    expect(text).toContain('NOT BALANCED: OrdensFabrico extracted 27,380, accounted 27,379.');
    expect(text).not.toContain('Balanced:');
  });

  it('leaves absent rows out of the balance, since the workbook does not have them', () => {
    expect(balance([{ ...ORDERS, absent: 999 }])).toMatch(/^Balanced: all 27,380 rows/);
  });

  it('says why a run did not complete, and marks a sample', () => {
    const error = { code: 'HEADER_MISSING', detail: 'Fases has no Fase_Id.', remedy: 'Name the column Fase_Id.' };
    const text = formatReport({ ...REPORT, status: 'FAILED', sheets: [], steps: [], sample: true, error });
    expect(text).toContain('Run 12: FAILED');
    expect(text).toContain('SAMPLE');
    expect(text).toContain('HEADER_MISSING: Fases has no Fase_Id.\nName the column Fase_Id.\n');
    expect(text).toContain('Accounting: no sheet was loaded.');
  });
});
