import { PrepareReadingProcessor } from '../../../src/analytics/jobs';
import { phase, smallFactoryWith } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

const CONTEXT = { jobId: 'test', attempt: 1, signal: new AbortController().signal };

describe('key figures by phase from days and months', () => {
  let app: IngestionApp;
  beforeAll(async () => {
    app = await startIngestionApp();
    await app.load(
      smallFactoryWith({
        FasesOrdemFabrico: [
          phase(41, 1, 1, 3, { inicio: '2025-01-10T08:00:00', fim: '2025-01-10T08:01:30' }),
          phase(42, 1, 1, 4, { inicio: '2025-01-01T00:00:00', fim: '2025-02-15T12:15:00' }),
          phase(43, 1, 1, 5, { inicio: '2025-01-01T00:00:00', fim: '2025-02-15T12:16:00' }),
          phase(44, 1, 1, 6, { inicio: '2025-01-01T00:00:00', fim: '2025-02-15T12:17:00' }),
          phase(45, 1, 1, 7, { inicio: '2025-03-01T08:00:00', fim: '2025-03-01T08:00:30' }),
        ],
      }),
    );
  });
  afterAll(() => app.close());

  const ask = async (window: string): Promise<unknown> =>
    (await fetch(`${app.url}/api/kpis/by-phase?${window}`)).json();

  it('are exact for durations of any length: seconds, the last that two bytes of minutes hold, and longer ones', async () => {
    const windows = ['from=2025-01-01&to=2025-04-01', 'from=2025-01-02&to=2025-03-02', 'from=2025-01-03&to=2025-02-16'];
    const fromCore = await Promise.all(windows.map(ask));
    expect(await app.app.get(PrepareReadingProcessor).process({}, CONTEXT)).toEqual({ version: 1 });
    expect(await Promise.all(windows.map(ask))).toEqual(fromCore);
    // Seconds: 30, 90, 4 h = 14400, 26 h 15 min = 94500, 65535 min = 3932100, 3932160, 3932220. The median is the fourth;
    // the 90 % lie at 0.9 * 6 = 5.4: 3932160 + 0.4 * 60 = 3932184.
    expect(fromCore[0]).toMatchObject({
      phases: [
        {
          fase_id: 1,
          executions: 7,
          executions_with_duration: 7,
          p50_duration_hours: 94_500 / 3600,
          p90_duration_hours: 3_932_184 / 3600,
        },
        { fase_id: 2, executions: 1, executions_with_duration: 0, p50_duration_hours: null },
      ],
    });
  });

  it('keep each duration once a day and once a month, those of whole minutes in two bytes', async () => {
    const { rows } = await app.sql.query(
      `SELECT unit, count(*)::int AS periods, sum(length(decode(durations, 'base64')))::int AS bytes
       FROM analytics.phase_period GROUP BY unit ORDER BY unit`,
    );
    // Ends on Jan 3, 4 and 10, Feb 5 and 15 (three), Mar 1. Two bytes: 4 h, 26 h 15 min, 65535 min; four: the other four.
    expect(rows).toEqual([
      { unit: 'day', periods: 6, bytes: 3 * 2 + 4 * 4 },
      { unit: 'month', periods: 3, bytes: 3 * 2 + 4 * 4 },
    ]);
  });
});
