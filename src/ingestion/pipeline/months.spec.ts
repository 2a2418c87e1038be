import type { Database } from '../../database/database';
import { canBuildAside, ensureMonths, firstOfMonth, phaseMonths } from './months';
import { answeredRun } from './testing/answered-run';

const month = (over: object = {}) => ({ month: '2025-11-01', present: false, regular: true, ...over });

it('finds the first day of a month before and after, across years, in UTC', () => {
  const at = new Date('2025-12-31T23:30:00-01:00'); // in UTC the year 2026
  expect(firstOfMonth(at, 0)).toBe('2026-01-01');
  expect(firstOfMonth(at, 14)).toBe('2027-03-01');
  expect(firstOfMonth(at, -1)).toBe('2025-12-01');
});

it('builds months aside only where none exists and each is to have a partition', () => {
  expect(canBuildAside([month(), month()])).toBe(true);
  expect(canBuildAside([month(), month({ present: true })])).toBe(false);
  expect(canBuildAside([month(), month({ regular: false })])).toBe(false);
  expect(canBuildAside([])).toBe(false);
});

it('takes months before 1990 and more than ten years ahead for typing errors', async () => {
  const found = [month()];
  const { state, asked } = answeredRun(() => found);
  expect(await phaseMonths(state)).toEqual(found);
  // the run's clock is in December 2025
  expect(asked[0].values).toEqual(['1990-01-01', '2035-12-01']);
});

it('makes one partition after the other', async () => {
  const made: unknown[] = [];
  const database = { query: (_: unknown, values: unknown) => Promise.resolve(made.push(values)) };
  await ensureMonths(database as unknown as Database, ['2025-10-01', '2025-11-01']);
  expect(made).toEqual([['2025-10-01'], ['2025-11-01']]);
});
