import * as fc from 'fast-check';
import { SHEETS } from '@libs/workbook';
import { coreOf } from '../../support/core-content';
import { assignment, failure, order, phase, smallFactory, type FactorySheets } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

/** Few ids and few values, so that rows meet, miss, repeat and contradict one another often. */
const id = fc.integer({ min: 1, max: 6 });
const time = fc
  .integer({ min: 0, max: 400 })
  .map((days) => new Date(Date.UTC(2024, 0, 1 + days, 8)).toISOString().slice(0, 19));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const orders = fc.array(
  fc
    .record({
      id,
      created: time,
      product: fc.constantFrom(100, 101, 999),
      fase: fc.constantFrom(1, 12),
      end: maybe(time),
    })
    .map((o) => order(o.id, o.created, o.product, o.fase, { acabamento: o.end })),
  { minLength: 1, maxLength: 6 },
);
const phases = fc.array(
  fc
    .record({ id, of: id, fase: fc.constantFrom(1, 2, 77), inicio: maybe(time), fim: maybe(time), peso: fc.nat(3) })
    .map((p) => phase(p.id + 10, p.of, p.fase, 1, { inicio: p.inicio, fim: p.fim, peso: p.peso })),
  { maxLength: 10 },
);
const assignments = fc.array(
  fc.tuple(id, fc.constantFrom(7, 8, 9), fc.nat(1)).map(([p, worker, chief]) => assignment(p + 10, worker, chief)),
  { maxLength: 6 },
);
const failures = fc.array(
  fc
    .tuple(fc.constantFrom('Bolhas', 'NULL'), id, fc.integer({ min: 1, max: 4 }), id)
    .map(([text, of, severity, p]) => failure(text, of, severity, p + 10, 'NULL')),
  { maxLength: 5 },
);
const workbook: fc.Arbitrary<FactorySheets> = fc.record({ orders, phases, assignments, failures }).map((made) => ({
  ...smallFactory(),
  OrdensFabrico: made.orders,
  FasesOrdemFabrico: made.phases,
  FuncionariosFaseOrdemFabrico: made.assignments,
  OrdemFabricoErros: made.failures,
}));

describe('any sequence of loads', () => {
  let app: IngestionApp;
  let fresh: IngestionApp;
  const everything = SHEETS.map(({ sheet }) => sheet);

  beforeAll(async () => {
    app = await startIngestionApp();
    fresh = await startIngestionApp();
  });
  afterAll(async () => {
    await app.close();
    await fresh.close();
  });

  it('balances every time and ends in the state of a first load of the last workbook', async () => {
    await fc.assert(
      fc.asyncProperty(workbook, async (sheets) => {
        const report = await app.load(sheets, { allowMassAbsence: everything, force: true });
        for (const { extracted, inserted, updated, unchanged, duplicates, quarantined } of report.sheets) {
          expect(extracted).toBe(inserted + updated + unchanged + duplicates + quarantined);
        }
        await empty(fresh);
        await fresh.load(sheets, { force: true });
        expect(await coreOf(app)).toEqual(await coreOf(fresh));
      }),
      { numRuns: 12, seed: 20251211 },
    );
  }, 180_000);

  it('writes nothing when the same content comes again', async () => {
    await fc.assert(
      fc.asyncProperty(workbook, async (sheets) => {
        await app.load(sheets, { allowMassAbsence: everything, force: true });
        const again = await app.load(sheets, { force: true });
        for (const { inserted, updated, absent, withdrawn } of again.sheets) {
          expect([inserted, updated, absent, withdrawn]).toEqual([0, 0, 0, 0]);
        }
      }),
      { numRuns: 5, seed: 20251211 },
    );
  }, 180_000);
});

/** Brings a database back to where no workbook was ever loaded. */
async function empty(app: IngestionApp): Promise<void> {
  await app.sql.query(`
    TRUNCATE core.ordens_estado, core.erros_ordem_fabrico, core.funcionarios_fase_ordem_fabrico,
      core.fases_ordem_fabrico, core.ordens_fabrico, core.fases_standard_modelos, core.funcionarios_fases_aptos,
      core.funcionarios, core.modelos, core.fases_catalogo;
    UPDATE ops.ops_cache_version SET run_id = NULL, version = 0;
    DO $$
    DECLARE month regclass;
    BEGIN
      FOR month IN
        SELECT inhrelid FROM pg_inherits
        WHERE inhparent = 'core.fases_ordem_fabrico'::regclass AND inhrelid::regclass::text !~ 'default$'
      LOOP
        EXECUTE format('DROP TABLE %s', month);
      END LOOP;
    END $$`);
}
