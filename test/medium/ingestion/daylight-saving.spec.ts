import { order, phase, smallFactory, type FactorySheets } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

/**
 * Lisbon's clock jumps from 01:00 WET to 02:00 WEST on 2025-03-30 (at 01:00Z), and goes back from 02:00 WEST to
 * 01:00 WET on 2025-10-26 (at 01:00Z). Phase 11 lies across the first, 12 begins in the hour that never was; 21 lies
 * across the second, 22 in the hour that comes twice, which is read as the earlier one.
 */
const PHASES: readonly [id: number, order: number, inicio: string, fim: string][] = [
  [11, 1, '2025-03-30T00:30:00', '2025-03-30T02:30:00'],
  [12, 1, '2025-03-30T01:30:00', '2025-03-30T03:00:00'],
  [21, 2, '2025-10-26T00:30:00', '2025-10-26T02:30:00'],
  [22, 2, '2025-10-26T01:10:00', '2025-10-26T01:40:00'],
];

const factory = (): FactorySheets => ({
  ...smallFactory(),
  OrdensFabrico: [
    order(1, '2025-03-29T23:30:00', 100, 12, { acabamento: '2025-03-31T00:30:00' }),
    order(2, '2025-10-25T08:00:00', 101, 2, {}),
  ],
  FasesOrdemFabrico: PHASES.map(([id, of, inicio, fim], i) => phase(id, of, 1, i + 1, { inicio, fim })),
});

/** The same times as texts, day first, as another export of the factory writes them. */
function asText(sheets: FactorySheets): FactorySheets {
  const text = (iso: string): string =>
    `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)} ${iso.slice(11, 16)}`;
  return {
    ...sheets,
    FasesOrdemFabrico: sheets.FasesOrdemFabrico.map((row, i) => {
      const [, , inicio, fim] = PHASES[i];
      return { ...row, FaseOf_Inicio: text(inicio), FaseOf_Fim: text(fim) };
    }),
  };
}

describe('a load across both changes of the clock', () => {
  let app: IngestionApp;
  beforeAll(async () => {
    app = await startIngestionApp();
    const report = await app.load(factory());
    expect(report.sheets.map(({ quarantined }) => quarantined).reduce((a, b) => a + b)).toBe(0);
  });
  afterAll(() => app.close());

  it('keeps the instants of the factory, and durations as they passed', async () => {
    const { rows } = await app.sql.query(`
      SELECT faseof_id::int AS id, to_char(faseof_inicio AT TIME ZONE 'UTC', 'DD HH24:MI') AS began,
             to_char(faseof_fim AT TIME ZONE 'UTC', 'DD HH24:MI') AS ended, faseof_duration_seconds::int AS seconds
      FROM core.fases_ordem_fabrico ORDER BY faseof_id`);
    expect(rows).toEqual([
      // 00:30 WET to 02:30 WEST: two hours on the clock, one that passed
      { id: 11, began: '30 00:30', ended: '30 01:30', seconds: 3600 },
      // 01:30 never was and moves on to 02:30 WEST; to 03:00 WEST
      { id: 12, began: '30 01:30', ended: '30 02:00', seconds: 1800 },
      // 00:30 WEST to 02:30 WET: two hours on the clock, three that passed
      { id: 21, began: '25 23:30', ended: '26 02:30', seconds: 10800 },
      // both in the first of the two hours
      { id: 22, began: '26 00:10', ended: '26 00:40', seconds: 1800 },
    ]);
  });

  it('finds nothing changed where the same times come as texts, or in the 1904 date system', async () => {
    for (const report of [await app.load(asText(factory())), await app.load(factory(), { date1904: true })]) {
      const { sheets } = report;
      expect(sheets.map(({ inserted, updated, absent }) => inserted + updated + absent)).toEqual(sheets.map(() => 0));
      expect(sheets.find(({ sheet }) => sheet === 'FasesOrdemFabrico')?.unchanged).toBe(PHASES.length);
    }
  });
});
