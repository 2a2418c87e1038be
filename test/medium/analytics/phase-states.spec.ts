import { BACKFILL_ORDER_STATE } from '../../../src/ingestion/pipeline/order-state';
import { PHASE_STATES, type PhaseStateRow } from '../../../src/published/figures/figures';
import { order, phase, smallFactory } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { loadSample, type SampleLoad } from '../../support/sample-load';

const DAY_MS = 86_400_000;

/** Makes core what it would have held at a moment: nothing created later, no event later. */
async function forgetWhatCameLater(load: SampleLoad, moment: Date): Promise<void> {
  const { sql, env } = load.app;
  // Which phase type an order names as its own is known of today alone: an order that went on was in no terminal one.
  await sql.query(
    `UPDATE core.ordens_fabrico o SET of_fase_id = NULL, 
       of_data_acabamento = CASE WHEN o.of_data_acabamento <= $1 THEN o.of_data_acabamento END
     FROM core.ordens_estado e WHERE e.of_id = o.of_id AND e.last_event_at > $1`,
    [moment],
  );
  await sql.query(
    `UPDATE core.fases_ordem_fabrico SET
       faseof_inicio = CASE WHEN faseof_inicio <= $1 THEN faseof_inicio END,
       faseof_fim = CASE WHEN faseof_fim <= $1 THEN faseof_fim END,
       faseof_is_open = coalesce(faseof_inicio <= $1, false) AND NOT coalesce(faseof_fim <= $1, false),
       faseof_is_done = coalesce(faseof_fim <= $1, false)
     WHERE faseof_inicio > $1 OR faseof_fim > $1`,
    [moment],
  );
  const later = 'SELECT of_id FROM core.ordens_fabrico WHERE of_data_criacao > $1';
  await sql.query(`DELETE FROM core.erros_ordem_fabrico WHERE ofch_of_id IN (${later})`, [moment]);
  await sql.query(`DELETE FROM core.fases_ordem_fabrico WHERE faseof_of_id IN (${later})`, [moment]);
  await sql.query('DELETE FROM core.ordens_fabrico WHERE of_data_criacao > $1', [moment]);
  await sql.query(BACKFILL_ORDER_STATE.text, [env.terminalPhases]);
}

describe('what stood at the phase types at an earlier moment', () => {
  let load: SampleLoad;
  beforeAll(async () => {
    load = await loadSample({});
  });
  afterAll(() => load.app.close());

  const states = async (moments: Date[]) =>
    (await load.app.sql.query<PhaseStateRow>(PHASE_STATES.text, [moments, load.app.env.dormantDays])).rows;

  it.each([5, 30, 47, 90, 200, 400])(
    '%d days ago is what a load at that moment would have found: later events play no part',
    async (days) => {
      const { rows } = await load.app.sql.query<{ as_of: Date }>('SELECT as_of FROM ops.ingestion_runs');
      const moment = new Date(rows[0].as_of.getTime() - days * DAY_MS);
      const seen = await states([moment]);
      expect(seen.length).toBeGreaterThan(0);
      await load.app.sql.query('BEGIN');
      try {
        await forgetWhatCameLater(load, moment);
        expect(await states([moment])).toEqual(seen);
      } finally {
        await load.app.sql.query('ROLLBACK');
      }
    },
  );

  it('is the same asked for alone or with other moments', async () => {
    const { rows } = await load.app.sql.query<{ as_of: Date }>('SELECT as_of FROM ops.ingestion_runs');
    const moments = [0, 30, 60].map((days) => new Date(rows[0].as_of.getTime() - days * DAY_MS));
    const alone: PhaseStateRow[] = [];
    for (const moment of [...moments].reverse()) alone.push(...(await states([moment])));
    expect(await states(moments)).toEqual(alone);
  });

  it('is now what the load stored, and what the definition counts', async () => {
    const { rows: stored } = await load.app.sql.query<{ wip: number; queue: number }>(
      'SELECT sum(wip_count)::int AS wip, sum(queue_size)::int AS queue FROM analytics.phase_now',
    );
    // Counted another way: active orders from ordens_estado, the next phase by a subquery each.
    const { rows: counted } = await load.app.sql.query(
      `WITH active AS (
         SELECT e.* FROM core.ordens_estado e, ops.ingestion_runs r
         WHERE NOT e.is_closed AND e.last_event_at >= r.as_of - $1::int * interval '24 hours'
       )
       SELECT (SELECT coalesce(sum(open_phases), 0)::int FROM active) AS wip,
         (SELECT count(*)::int FROM active a WHERE a.open_phases = 0 AND EXISTS (
            SELECT FROM core.fases_ordem_fabrico p
            WHERE p.faseof_of_id = a.of_id AND p.faseof_inicio IS NULL AND p.faseof_fim IS NULL
              AND NOT EXISTS (
                SELECT FROM core.fases_ordem_fabrico s
                WHERE s.faseof_of_id = a.of_id AND (s.faseof_inicio IS NOT NULL OR s.faseof_fim IS NOT NULL)
                  AND (s.faseof_sequencia, s.faseof_id) > (p.faseof_sequencia, p.faseof_id)))) AS queue`,
      [load.app.env.dormantDays],
    );
    expect(stored).toEqual(counted);
    expect(stored[0].wip).toBeGreaterThan(0);
  });
});

describe('what stood where at an earlier moment', () => {
  let app: IngestionApp;
  beforeAll(async () => {
    app = await startIngestionApp();
    await app.load({
      ...smallFactory(),
      OrdensFabrico: [
        // In the terminal phase type, without a finish date: closed when phase 51 ended.
        order(5, '2025-01-05T08:00:00', 100, 12, {}),
        order(6, '2025-01-05T08:00:00', 100, 1, {}),
      ],
      FasesOrdemFabrico: [
        phase(51, 5, 1, 1, { inicio: '2025-01-06T08:00:00', fim: '2025-01-08T08:00:00' }),
        phase(52, 5, 2, 2, {}),
        // Type 2 was left out: what comes next is phase 63.
        phase(61, 6, 2, 1, {}),
        phase(62, 6, 1, 2, { inicio: '2025-01-06T08:00:00', fim: '2025-01-06T20:00:00' }),
        phase(63, 6, 1, 3, {}),
      ],
      FuncionariosFaseOrdemFabrico: [],
      OrdemFabricoErros: [],
    });
  });
  afterAll(() => app.close());

  it('ends for an order without a finish date with its last event, and passes over phases that were left out', async () => {
    const moments = [new Date('2025-01-07T08:00:00Z'), new Date('2025-01-09T08:00:00Z')];
    const { rows } = await app.sql.query<PhaseStateRow>(PHASE_STATES.text, [moments, app.env.dormantDays]);
    // Phase 51 was open for a day on the 7th, and phase 63 has waited since the 6th, 20:00: for 12 h and for 60 h. On the
    // 9th nothing of order 5 is left, so that its phase 52 does not wait.
    expect(rows).toMatchObject([
      {
        moment: moments[0],
        fase_id: 1,
        wip_count: 1,
        wip_age_p50_seconds: 86_400,
        queue_size: 1,
        queue_age_p50_seconds: 43_200,
      },
      { moment: moments[1], fase_id: 1, wip_count: 0, queue_size: 1, queue_age_p50_seconds: 216_000 },
    ]);
  });
});
