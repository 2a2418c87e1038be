import { SHEETS, type Entity } from '@libs/workbook';
import { CountMismatchError, type CountMismatch } from '../../ingestion.errors';
import type { RunState, SheetAccount } from '../run-state';
import { accountWith, answeredRun } from '../testing/answered-run';
import { validateCountsStep } from './validate-counts.step';

const ENTITIES = SHEETS.map(({ entity }) => entity);
/** 11 = 1 + 2 + 3 + 1 + 4, of which 1 + 2 + 3 rows stand in core. */
const BALANCED = { extracted: 11, inserted: 1, updated: 2, unchanged: 3, duplicates: 1, quarantined: 4 };

/** What the step finds where every sheet balances but for what is given. */
async function mismatches(
  orders: Partial<SheetAccount>,
  { core = 6, kept = 6, phases = { rows: 6, ids: 6 } }: { core?: number; kept?: number; phases?: object } = {},
): Promise<readonly CountMismatch[]> {
  const accounts = new Map(ENTITIES.map((entity) => [entity, accountWith(entity, BALANCED)]));
  accounts.set('ordens_fabrico', accountWith('ordens_fabrico', { ...BALANCED, ...orders }));
  const { state } = answeredRun(
    (statement) => {
      if (statement.startsWith('count_phase_ids')) return [phases];
      return [{ rows: statement === 'count_core ordens_fabrico' ? core : 6 }];
    },
    { accounts, kept: new Map(ENTITIES.map((entity) => [entity, entity === 'ordens_fabrico' ? kept : 6])) },
  );
  try {
    await validateCountsStep.run(state, () => undefined);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(CountMismatchError);
    return (error as CountMismatchError).mismatches;
  }
}

const EQUATION = 'extracted = inserted + updated + unchanged + duplicates + quarantined';

it('takes accounts that balance', async () => {
  expect(await mismatches({})).toEqual([]);
});

it.each(['inserted', 'updated', 'unchanged', 'duplicates', 'quarantined'] as const)(
  'finds a row of too many or too few that is %s',
  async (part) => {
    const of = (found: number): CountMismatch[] => [{ sheet: 'OrdensFabrico', what: EQUATION, expected: 11, found }];
    expect(await mismatches({ [part]: BALANCED[part] + 1 })).toEqual(of(12));
    expect(await mismatches({ [part]: BALANCED[part] - 1 })).toEqual(of(10));
  },
);

it('finds rows that were read and are in no part of the account', async () => {
  const lost = [{ sheet: 'OrdensFabrico', what: EQUATION, expected: 12, found: 11 }];
  expect(await mismatches({ extracted: 12 })).toEqual(lost);
});

it('finds core with other rows than were kept', async () => {
  const differs = (expected: number, found: number): CountMismatch[] => [
    { sheet: 'OrdensFabrico', what: 'rows in core = rows kept', expected, found },
  ];
  expect(await mismatches({}, { core: 5 })).toEqual(differs(6, 5));
  expect(await mismatches({}, { kept: 7 })).toEqual(differs(7, 6));
});

it('takes a sheet of which nothing was kept for one that has no row in core', async () => {
  const { state } = answeredRun((statement) => [
    statement.startsWith('count_core') ? { rows: 0 } : { rows: 0, ids: 0 },
  ]);
  await expect(validateCountsStep.run(state, () => undefined)).resolves.toEqual({
    rowsIn: 0,
    rowsOut: 0,
    rowsRejected: 0,
  });
});

it('finds a phase that stands in two months', async () => {
  expect(await mismatches({}, { phases: { rows: 6, ids: 5 } })).toEqual([
    { sheet: 'FasesOrdemFabrico', what: 'every FaseOf_Id stands once across all months', expected: 5, found: 6 },
  ]);
});

it('names all that is wrong at once', async () => {
  const found = await mismatches({ extracted: 12 }, { core: 5, phases: { rows: 6, ids: 5 } });
  expect(found.map(({ sheet }) => sheet)).toEqual(['OrdensFabrico', 'OrdensFabrico', 'FasesOrdemFabrico']);
});

it('counts the rows of all sheets, and comes nearer to its end with each', async () => {
  const accounts: RunState['accounts'] = new Map(
    ENTITIES.map((entity: Entity) => [entity, accountWith(entity, { extracted: 3, inserted: 3 })]),
  );
  const kept = new Map(ENTITIES.map((entity) => [entity, 3]));
  const { state } = answeredRun(() => [{ rows: 3, ids: 3 }], { accounts, kept });
  const shown: number[] = [];
  const outcome = await validateCountsStep.run(state, (fraction) => shown.push(fraction));
  // nine sheets of three rows
  expect(outcome).toEqual({ rowsIn: 27, rowsOut: 27, rowsRejected: 0 });
  expect(shown).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
});
