import type { RunReport } from '../../../src/ingestion/queries/run-report';
import { assignment, smallFactory } from '../../support/factory-workbook';
import { startIngestionApp } from '../../support/ingestion-app';
import { loadSample } from '../../support/sample-load';

const rate = (report: RunReport, name: string): RunReport['match_rates'][number] | undefined =>
  report.match_rates.find((one) => one.name === name);

/** The specification's test_data_quality: match rates, and the gates that they open and close. */
describe('the quality of the data', () => {
  it('has match rates over all rows as extracted, quarantined and repeated ones too, as SQL counts them', async () => {
    const { app, report } = await loadSample();
    // Staging still holds every row of the last load, before any judgement.
    const counted = await app.sql.query(`
      SELECT 'employee_productivity' AS name, count(DISTINCT assigned.funcionariofaseof_id)::int AS total,
        count(DISTINCT fase.faseof_id)::int AS matches
      FROM staging.funcionarios_fase_ordem_fabrico_raw AS assigned
      LEFT JOIN staging.fases_ordem_fabrico_raw AS fase ON fase.faseof_id = assigned.funcionariofaseof_id
      UNION ALL
      SELECT 'produto_join', count(DISTINCT ordem.of_produto_id)::int, count(DISTINCT modelo.produto_id)::int
      FROM staging.ordens_fabrico_raw AS ordem
      LEFT JOIN staging.modelos_raw AS modelo ON modelo.produto_id = ordem.of_produto_id
      ORDER BY name`);
    expect(report.match_rates.map(({ name, total, matches }) => ({ name, total, matches }))).toEqual(counted.rows);
    const stored = await app.sql.query(
      'SELECT name, total::int, matches::int FROM ops.match_rates WHERE run_id = $1 ORDER BY name',
      [report.run_id],
    );
    expect(stored.rows).toEqual(counted.rows);
    await app.close();
  });

  it('opens a gate by itself as soon as the data allow it, and closes it when they no longer do', async () => {
    const app = await startIngestionApp();
    const closed = smallFactory();
    expect(rate(await app.load(closed), 'employee_productivity')).toMatchObject({ rate: 0.75, status: 'OFF' });

    // Without the assignment to the unknown phase 999 all three phases named exist.
    const open = {
      ...closed,
      FuncionariosFaseOrdemFabrico: [assignment(11, 7, 1), assignment(21, 7, 0), assignment(22, 8, 0)],
    };
    const allowMassAbsence = ['FuncionariosFaseOrdemFabrico'];
    expect(rate(await app.load(open, { allowMassAbsence }), 'employee_productivity')).toMatchObject({
      rate: 1,
      status: 'ON',
    });
    expect(rate(await app.load(closed), 'employee_productivity')).toMatchObject({ rate: 0.75, status: 'OFF' });
    await app.close();
  });

  it('has no rate, and an open question instead of an answer, where there is nothing to match', async () => {
    const app = await startIngestionApp();
    const report = await app.load({ ...smallFactory(), FuncionariosFaseOrdemFabrico: [] });
    expect(rate(report, 'employee_productivity')).toMatchObject({ total: 0, rate: null, status: 'NO_DATA' });
    await app.close();
  });
});
