import type { Client } from 'pg';
import { accountOf, besideRun, onRun, sheetNames, type SheetPart } from './run-state';
import { accountWith, answeredRun } from './testing/answered-run';

const STATEMENT = { name: 'any', text: 'SELECT 1' };
const aborted = (): AbortSignal => AbortSignal.abort(new Error('asked to end'));

it('answers the rows of a statement and how many it touched', async () => {
  expect(await onRun(answeredRun(() => [{ a: 1 }, { a: 2 }]).state, STATEMENT, [5])).toEqual({
    rows: [{ a: 1 }, { a: 2 }],
    count: 2,
  });
  const client = { query: () => Promise.resolve({ rows: [], rowCount: null }) };
  const { state } = answeredRun(() => undefined, { client: client as never });
  expect((await onRun(state, STATEMENT)).count).toBe(0);
});

it('asks nothing more of the database once the run is to end, on its own connection or beside', async () => {
  const { state, asked } = answeredRun(() => undefined, { signal: aborted() });
  await expect(onRun(state, STATEMENT)).rejects.toThrow('asked to end');
  await expect(besideRun(state, state.client as unknown as Client)(STATEMENT)).rejects.toThrow('asked to end');
  expect(asked).toEqual([]);
});

it('answers beside the run how many rows a statement touched', async () => {
  const { state, asked } = answeredRun(() => 3);
  expect(await besideRun(state, state.client as unknown as Client)(STATEMENT, ['a'])).toBe(3);
  expect(asked).toEqual([{ statement: 'SELECT 1', text: 'SELECT 1', values: ['a'] }]);
  const client = { query: () => Promise.resolve({ rowCount: null }) } as unknown as Client;
  expect(await besideRun(state, client)(STATEMENT)).toBe(0);
});

it('names a sheet and its continuations in their order, whatever order the workbook has', () => {
  const part = (entity: SheetPart['entity'], ordinal: number, name: string) => ({ entity, ordinal, name });
  const parts = [
    part('modelos', 1, 'Modelos (2)'),
    part('funcionarios', 0, 'Funcionarios'),
    part('modelos', 0, 'Modelos'),
  ];
  const { state } = answeredRun(() => undefined, { parts: parts as unknown as SheetPart[] });
  expect(sheetNames(state, 'modelos')).toEqual(['Modelos', 'Modelos (2)']);
});

it('has an account of each sheet, and says so where none was opened', () => {
  const { state } = answeredRun(() => undefined);
  expect(accountOf(state, 'modelos')).toEqual(accountWith('modelos'));
  expect(() => accountOf(answeredRun(() => undefined, { accounts: new Map() }).state, 'modelos')).toThrow('modelos');
});
