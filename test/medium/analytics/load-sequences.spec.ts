import * as fc from 'fast-check';
import { DataSource } from 'typeorm';
import { SHEETS } from '@libs/workbook';
import { deriveAll } from '../../../src/analytics/derivations';
import { SnapshotsService } from '../../../src/analytics/snapshots/snapshots.service';
import { poolOf } from '../../../src/database/data-source';
import { derivedOf } from '../../support/analytics-content';
import { coreOf } from '../../support/core-content';
import { failure, order, phase, smallFactory, type FactorySheets } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

const EVERY_SHEET = SHEETS.map(({ sheet }) => sheet);

/** Sequences tried; FC_RUNS asks for more. */
const RUNS = Number(process.env.FC_RUNS ?? 4);

/** Few ids and few values, so that rows meet, move, vanish and come back often. */
const id = fc.integer({ min: 1, max: 5 });
const time = fc
  .integer({ min: 0, max: 90 })
  .map((days) => new Date(Date.UTC(2024, 0, 1 + days, 8, 30)).toISOString().slice(0, 19));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const orders = fc.array(
  fc
    .record({
      id,
      created: time,
      product: fc.constantFrom(100, 101, 999, 'NULL'),
      fase: fc.constantFrom(1, 12),
      end: maybe(time),
      due: maybe(time),
    })
    .map((o) => order(o.id, o.created, o.product, o.fase, { acabamento: o.end, transporte: o.due })),
  { minLength: 1, maxLength: 5 },
);
const phases = fc.array(
  fc
    .record({
      id: fc.integer({ min: 11, max: 20 }),
      of: id,
      fase: fc.constantFrom(1, 2, 77),
      inicio: maybe(time),
      fim: maybe(time),
      retorno: fc.nat(1),
    })
    .map((p) => phase(p.id, p.of, p.fase, 1, { inicio: p.inicio, fim: p.fim, retorno: p.retorno })),
  { maxLength: 12 },
);
const failures = fc.array(
  fc
    .record({
      text: fc.constantFrom('Bolhas', 'Riscos', 'NULL'),
      of: id,
      severity: fc.integer({ min: 1, max: 4 }),
      found: fc.integer({ min: 11, max: 21 }),
      cause: fc.oneof(fc.constant('NULL'), fc.integer({ min: 11, max: 21 })),
    })
    .map((e) => failure(e.text, e.of, e.severity, e.found, e.cause)),
  { maxLength: 8 },
);
const workbook: fc.Arbitrary<FactorySheets> = fc.record({ orders, phases, failures }).map((made) => ({
  ...smallFactory(),
  OrdensFabrico: made.orders,
  FasesOrdemFabrico: made.phases,
  OrdemFabricoErros: made.failures,
}));

/** A workbook and the next one: the same, or with one sheet of it exchanged, or another altogether. */
const sequence = fc
  .array(
    fc.tuple(fc.constantFrom('all', 'OrdensFabrico', 'FasesOrdemFabrico', 'OrdemFabricoErros', 'same'), workbook),
    {
      minLength: 2,
      maxLength: 4,
    },
  )
  .map((changes) => {
    let last = changes[0][1];
    return changes.map(([what, next]) => {
      if (what === 'all') last = next;
      else if (what !== 'same') last = { ...last, [what]: next[what] };
      return last;
    });
  });

describe('any sequence of loads', () => {
  // Phases move from month to month, rejects come right and the other way round, orders change products, go and come back.
  it('leaves what its last workbook leaves in an empty database, and what is computed from core anew', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (loads) => {
        const app = await startIngestionApp();
        const empty = await startIngestionApp();
        try {
          for (const sheets of loads) {
            await app.load(sheets, { allowMassAbsence: EVERY_SHEET, force: true });
            await app.app.get(SnapshotsService).compute();
            expect(followingFromCore(await derivedOf(app))).toEqual(followingFromCore(await computedAnew(app)));
          }
          await empty.load(loads[loads.length - 1]);
          await empty.app.get(SnapshotsService).compute();
          expect(await coreOf(app)).toEqual(await coreOf(empty));
          expect(await derivedOf(app)).toEqual(await derivedOf(empty));
        } finally {
          await app.close();
          await empty.close();
        }
      }),
      { numRuns: RUNS, seed: 20251211, endOnFailure: true },
    );
  }, 240_000);
});

/** The snapshots and their mark are brought up to date by a job, after the load. */
function followingFromCore(content: Record<string, unknown[]>): object {
  const marks = (content.marks as { name: string }[]).filter(({ name }) => name !== 'last_kpi_snapshot_date');
  return { ...content, kpi_snapshots: [], marks };
}

/** What all derivations make of core alone; the database stays as it was. */
async function computedAnew(app: IngestionApp): Promise<Record<string, unknown[]>> {
  const client = await poolOf(app.app.get(DataSource)).connect();
  await client.query('BEGIN');
  try {
    const { rows } = await client.query<{ as_of: Date | null }>(
      'SELECT max(last_event_at) AS as_of FROM core.ordens_estado',
    );
    await deriveAll({
      client,
      runId: 0,
      loadedAt: new Date(0),
      fromNothing: true,
      isFirst: false,
      settings: app.env,
      signal: new AbortController().signal,
      asOf: rows[0].as_of,
    });
    return await derivedOf({ sql: client });
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}
