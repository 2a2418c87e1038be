import { accountWith, answeredRun } from '../testing/answered-run';
import { reconcileStep } from './reconcile.step';

const AS_OF = new Date('2025-12-11T12:50:00Z');
const RATE = { name: 'errors', matches: 1, total: 2, rate: 0.5, threshold: 0.9, status: 'OFF' };
const STORED = { extracted: 20, inserted: 1, updated: 2, unchanged: 4, duplicates: 5, quarantined: 8 };

const answer = (statement: string): readonly object[] => {
  if (statement.startsWith('read_sheet_accounts'))
    return [
      { sheet: 'Modelos', ...STORED },
      { sheet: 'Unknown', ...STORED },
    ];
  return statement.startsWith('read_match_rates') ? [RATE] : [{ as_of: AS_OF }];
};

it('gives a workbook that repeats the published data their account, with every kept row unchanged', async () => {
  const { state, asked } = answeredRun(answer, { sameAs: 3 });
  const outcome = await reconcileStep.run(state, () => undefined);
  // 1 + 2 + 4 rows were kept then and are unchanged now: 20 = 7 + 5 + 8.
  expect(state.accounts.get('modelos')).toEqual(
    accountWith('modelos', { extracted: 20, unchanged: 7, duplicates: 5, quarantined: 8 }),
  );
  expect(outcome).toEqual({ rowsIn: 7, rowsOut: 7, rowsRejected: 0 });
  expect(state.matchRates).toEqual([RATE]);
  expect(state.asOf).toBe(AS_OF);
  expect(asked.slice(0, 2).map(({ values }) => values)).toEqual([[3], [3]]);
});

it('leaves the account of any other workbook as the merge made it, and asks for the clock of its data', async () => {
  const { state, asked } = answeredRun(answer, { kept: new Map([['modelos', 4], ['funcionarios', 5]]) }); // prettier-ignore
  const outcome = await reconcileStep.run(state, () => undefined);
  expect(outcome).toEqual({ rowsIn: 9, rowsOut: 9, rowsRejected: 0 });
  expect(state.accounts.get('modelos')).toEqual(accountWith('modelos'));
  expect(state.matchRates).toEqual([]);
  expect(state.asOf).toBe(AS_OF);
  expect(asked).toHaveLength(1);
});
