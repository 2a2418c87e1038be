import { PrepareReadingProcessor } from '../../../src/analytics/jobs';
import { MaintenanceService } from '../../../src/ingestion/maintenance/maintenance.service';
import { loadSample, type SampleLoad } from '../../support/sample-load';

const CONTEXT = { jobId: 'test', attempt: 1, signal: new AbortController().signal };

/** The generated workbook is of 2024 and 2025: whole days, parts of days, one day, a change of the clocks, everything. */
const WINDOWS = [
  'from=2025-01-01&to=2025-06-01',
  'from=2025-01-10T10:30&to=2025-03-02T07:15',
  'from=2025-02-10T07:00&to=2025-02-10T17:00',
  'from=2025-02-10T23:00&to=2025-02-11T01:00',
  'from=2025-03-29T23:00&to=2025-03-31T01:00',
  'from=2000-01-01&to=2100-01-01',
  'from=2025-02-10&to=2025-02-10',
];
const OPEN_WINDOWS = ['from=2025-01-10T10:30', 'to=2025-03-02T07:15'];

describe('the tables for reading', () => {
  let load: SampleLoad;
  beforeAll(async () => {
    load = await loadSample();
  }, 60_000);
  afterAll(() => load.app.close());

  const ask = async (path: string): Promise<unknown> => (await fetch(`${load.app.url}/api${path}`)).json();
  const prepare = () => load.app.app.get(PrepareReadingProcessor).process({}, CONTEXT);
  const version = async () =>
    (await load.app.sql.query<{ version: number }>('SELECT version::int FROM analytics.reading_state')).rows.at(0)
      ?.version;

  it('change no answer to the last digit, whatever the window, and no timeline', async () => {
    const { rows } = await load.app.sql.query<{ of_id: string }>(
      'SELECT of_id FROM core.ordens_fabrico ORDER BY of_id',
    );
    const { risks } = (await ask('/quality/risk?limit=3')) as { risks: { produto_id: number; fase_id: number }[] };
    const paths = [
      ...WINDOWS.map((window) => `/kpis/by-phase?${window}`),
      ...[...WINDOWS, ...OPEN_WINDOWS].map((window) => `/quality/risk?limit=1000&${window}`),
      ...risks.map(
        ({ produto_id, fase_id }) => `/quality/risk?${WINDOWS[1]}&produto_id=${produto_id}&fase_culpada_id=${fase_id}`,
      ),
      `/quality/risk?${OPEN_WINDOWS[0]}&fase_culpada_id=${risks[0].fase_id}&limit=2`,
      ...rows.map(({ of_id }) => `/prodplan/orders/${of_id}/phases`),
    ];
    const before = await Promise.all(paths.map(ask));
    expect(JSON.stringify(before[5])).toContain('"p90_duration_hours":');
    expect(JSON.stringify(before[WINDOWS.length])).toContain('"risk_score":');
    expect(await version()).toBeUndefined();
    expect(await prepare()).toEqual({ version: 1 });
    expect(await version()).toBe(1);
    expect(await Promise.all(paths.map(ask))).toEqual(before);
  });

  it('leave the ages of the WIP, which two answers tell, the same in both to the last digit', async () => {
    interface Ages {
      fase_id: number;
      wip_count: number;
      p50_age_hours: number | null;
      p90_age_hours: number | null;
      avg_age_hours: number | null;
    }
    const { wip } = (await ask('/smartinventory/wip')) as { wip: Ages[] };
    const { schedule } = (await ask('/prodplan/schedule/current')) as { schedule: Ages[] };
    const agesOf = (rows: Ages[]) =>
      rows
        .filter(({ wip_count }) => wip_count > 0)
        .map(({ fase_id, p50_age_hours, p90_age_hours, avg_age_hours }) => [
          fase_id,
          p50_age_hours,
          p90_age_hours,
          avg_age_hours,
        ])
        .sort(([one], [other]) => Number(one) - Number(other));
    expect(wip.length).toBeGreaterThan(0);
    expect(agesOf(wip)).toEqual(agesOf(schedule));
  });

  it('are made once for a version, also when it is asked for twice at once', async () => {
    expect(await Promise.all([prepare(), prepare()])).toEqual([{ version: 1 }, { version: 1 }]);
  });

  it('are not used for another version, and not once core was written past a load', async () => {
    const { rows } = await load.app.sql.query<{ id: string }>(
      `SELECT min(faseof_of_id)::text AS id FROM core.fases_ordem_fabrico`,
    );
    const path = `/prodplan/orders/${rows[0].id}/phases`;
    const known = await ask(path);
    // A span that misses everything shows whether it is used.
    await load.app.sql.query(`UPDATE analytics.order_span SET first_event = '1990-01-01', last_event = '1990-01-02'`);
    expect(await ask(path)).toMatchObject({ phases: [] });
    await load.app.sql.query('UPDATE analytics.reading_state SET version = 0');
    expect(await ask(path)).toEqual(known);
    await load.app.sql.query('UPDATE analytics.reading_state SET version = 1');
    await load.app.sql.query(
      `UPDATE core.fases_ordem_fabrico SET faseof_is_open = NOT faseof_is_open WHERE faseof_of_id = ${rows[0].id}`,
    );
    expect(await load.app.app.get(MaintenanceService).backfillPhaseColumns()).toBeGreaterThan(0);
    expect(await ask(path)).toEqual(known);
    expect(await prepare()).toEqual({ version: 1 });
    expect(await ask(path)).toEqual(known);
  });
});
