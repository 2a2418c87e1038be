import { buildReport } from './report';
import { accountWith, answeredRun } from './testing/answered-run';

const OUTCOME = {
  status: 'COMPLETED' as const,
  finishedAt: new Date('2025-12-11T12:51:00Z'),
  seconds: 59.99951,
  rejects: [{ entity: 'modelos', reason_code: 'NULL_KEY', count: 2 }],
  issues: [{ entity: 'gone', code: 'FUTURE_DATE', count: 1 }],
  steps: [{ name: 'merge', seconds: 1.23456, rowsIn: 10, rowsOut: 8, rowsRejected: 2 }],
  formatTime: (at: Date) => at.toISOString(),
};
const ACCOUNT = {
  extracted: 21, inserted: 1, updated: 2, unchanged: 3, duplicates: 7, quarantined: 8, absent: 4, withdrawn: 5,
  seconds: 0.12349,
}; // prettier-ignore
const order = { runId: 7, workbookName: 'Folha.xlsx', sha256: 'ab', bytes: 9 } as never;

it('reports the account of each sheet as it was counted, seconds to the millisecond', () => {
  const accounts = new Map([['modelos', accountWith('modelos', ACCOUNT)]] as const);
  const asOf = new Date('2025-12-11T00:00:00Z');
  const matchRates = [{ name: 'errors', matches: 1, total: 2, rate: 0.5, threshold: 0.9, status: 'OFF' as const }];
  const { state } = answeredRun(() => undefined, { order, accounts, asOf, matchRates });
  state.warnings.push('a warning');
  const report = buildReport(state, OUTCOME);
  expect(report).toMatchObject({
    run_id: 7,
    status: 'COMPLETED',
    started_at: '2025-12-11T12:50:00.000Z',
    finished_at: '2025-12-11T12:51:00.000Z',
    as_of: '2025-12-11T00:00:00.000Z',
    sample: false,
    workbook: { name: 'Folha.xlsx', sha256: 'ab', bytes: 9 },
    sheets: [{ sheet: 'Modelos', ...ACCOUNT, seconds: 0.123 }],
    // A name that is no sheet's any more stands as it is.
    rejects: [{ sheet: 'Modelos', reason_code: 'NULL_KEY', count: 2 }],
    issues: [{ sheet: 'gone', code: 'FUTURE_DATE', count: 1 }],
    steps: [{ name: 'merge', seconds: 1.235, rows: 10, rows_out: 8, rows_rejected: 2 }],
    match_rates: matchRates,
    warnings: ['a warning'],
    seconds: 60,
  });
});

it('holds the process at most in memory for what the operating system says, in MB', () => {
  const { peak_rss_mb } = buildReport(answeredRun(() => undefined, { order }).state, OUTCOME);
  expect(peak_rss_mb).toBe(Math.round(peak_rss_mb!));
  expect(Math.abs(peak_rss_mb! - process.resourceUsage().maxRSS / 1024)).toBeLessThan(50);
});

it('leaves out what a run has not: the run it repeats, changes, an error, a clock of its data', () => {
  const { state } = answeredRun(() => undefined, { order });
  const plain = buildReport(state, OUTCOME);
  expect(plain.as_of).toBeNull();
  expect(['same_content_as', 'changes', 'error'].filter((name) => name in plain)).toEqual([]);
  const changes = { since_run_id: 3, orders: [] };
  const error = { code: 'DISK_FULL', detail: 'full' };
  const { state: repeated } = answeredRun(() => undefined, { order, sameAs: 3 });
  expect(buildReport(repeated, { ...OUTCOME, changes, error })).toMatchObject({ same_content_as: 3, changes, error });
});
