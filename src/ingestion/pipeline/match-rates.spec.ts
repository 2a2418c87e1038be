import type { Relationship } from '@libs/profile';
import { matchRates } from './match-rates';

const relation = (over: Partial<Relationship>): Relationship => ({
  name: 'errors',
  from: { sheet: 'a', column: 'b' },
  to: { sheet: 'c', column: 'd' },
  status: 'ok',
  rate: 0.5,
  threshold: 0.4,
  counts: { matches: 3, distinct: 6 } as Relationship['counts'],
  ...over,
});
const ratesOf = (...relationships: Relationship[]) => matchRates({ relationships });

it('keeps the relationships that switch a feature, by name, with what was counted of them', () => {
  expect(ratesOf(relation({ name: 'workers' }), relation({}), relation({ name: 'no gate', threshold: null }))).toEqual([
    { name: 'errors', matches: 3, total: 6, rate: 0.5, threshold: 0.4, status: 'ON' },
    { name: 'workers', matches: 3, total: 6, rate: 0.5, threshold: 0.4, status: 'ON' },
  ]);
  expect(ratesOf(relation({}), relation({ name: 'workers' })).map(({ name }) => name)).toEqual(['errors', 'workers']);
});

it.each([
  ['ok', 'ON'],
  ['off', 'OFF'],
  ['degraded', 'DEGRADED'],
  ['no_data', 'NO_DATA'],
  ['not_in_workbook', 'NO_DATA'],
  ['too_many', 'UNKNOWN'],
] as const)('says of a relationship that is %s that its feature is %s', (status, expected) => {
  expect(ratesOf(relation({ status }))[0].status).toBe(expected);
});

it('has no matches of nothing where nothing could be counted', () => {
  const [rate] = ratesOf(relation({ status: 'not_in_workbook', rate: null, counts: undefined }));
  expect(rate).toEqual({ name: 'errors', matches: 0, total: 0, rate: null, threshold: 0.4, status: 'NO_DATA' });
});
