import fc from 'fast-check';
import {
  count,
  either,
  flag,
  fraction,
  list,
  map,
  moment,
  nullable,
  number,
  oneOf,
  optional,
  optionalOrNull,
  record,
  text,
  violations,
  type Shape,
} from '../support/shape';

const ROW = record({
  id: text(),
  status: oneOf('DONE', 'LATE'),
  p90: nullable(number()),
  eta: optional(moment()),
  note: optionalOrNull(text()),
  score: optional(fraction()),
});
const GOOD = { id: '7', status: 'DONE', p90: null };
const problems = (shape: Shape, value: unknown) =>
  violations(shape, value).map(({ path, problem }) => `${path} ${problem}`);

describe('the contract checker', () => {
  it('finds nothing in a right answer, whatever else it carries', () => {
    expect(problems(ROW, { ...GOOD, eta: '2025-12-11T12:50:00+00:00', note: null, score: 1, extra: [null] })).toEqual(
      [],
    );
  });

  it.each<[what: string, value: unknown, expected: string]>([
    ['a null where the key must be left out', { ...GOOD, eta: null }, '$.eta is null and must be left out'],
    ['a null where a value is required', { ...GOOD, id: null }, '$.id is null'],
    ['a numeric string', { ...GOOD, p90: '3.5' }, '$.p90 "3.5" is no JSON number'],
    ['a number where the id must be text', { ...GOOD, id: 7 }, '$.id 7 is no string'],
    ['a nullable field that is missing', { id: '7', status: 'DONE' }, '$.p90 is missing'],
    ['an unknown word', { ...GOOD, status: 'OPEN' }, '$.status "OPEN" is none of DONE, LATE'],
    [
      'a time without an offset',
      { ...GOOD, eta: '2025-12-11T12:50:00' },
      '$.eta "2025-12-11T12:50:00" is no ISO date-time with an offset',
    ],
    [
      'a day that does not exist',
      { ...GOOD, eta: '2025-13-41T12:50:00Z' },
      '$.eta "2025-13-41T12:50:00Z" is no ISO date-time with an offset',
    ],
    ['a percentage where a fraction is wanted', { ...GOOD, score: 87.4 }, '$.score 87.4 is outside 0..1'],
    ['an array instead of the object', [GOOD], '$ [{"id":"7","status":"DONE","p90":null}] is no object'],
    ['nothing', undefined, '$ undefined is no object'],
  ])('reports %s with its place', (_, value, expected) => {
    expect(problems(ROW, value)).toEqual([expected]);
  });

  it('reports every violation of a list, and each row that repeats a key', () => {
    const rows = list(record({ fase_id: count(), n: number() }), ['fase_id']);
    expect(
      problems(rows, [
        { fase_id: 1, n: 1 },
        { fase_id: 1.5, n: 'x' },
        { fase_id: 1, n: 2 },
      ]),
    ).toEqual(['$[1].fase_id 1.5 is no whole number', '$[1].n "x" is no JSON number', '$[2] has the fase_id of row 0']);
    expect(problems(rows, { 0: { fase_id: 1, n: 1 } })).toEqual(['$ {"0":{"fase_id":1,"n":1}} is no array']);
  });

  it('reports lists that must be one list and differ, and a key that must not be there', () => {
    const queues = record({ a: list(number()), b: list(number()) }, { same: [['a', 'b']], without: ['generated_at'] });
    expect(problems(queues, { a: [1], b: [1] })).toEqual([]);
    expect(problems(queues, { a: [1], b: [2], generated_at: 'x' })).toEqual([
      '$.generated_at must not be there',
      '$.b differs from a',
    ]);
  });

  it('reads maps but for the names excepted, and chooses a shape by the word in a field', () => {
    const gates = map(record({ enabled: flag() }), ['gates']);
    expect(problems(gates, { a: { enabled: true }, gates: 1, b: { enabled: 'ON' } })).toEqual([
      '$.b.enabled "ON" is no boolean',
    ]);
    const union = either('status', { SUPPORTED: record({ total: number() }) }, record({ rows: list(text()) }));
    expect(problems(union, { status: 'SUPPORTED', total: 1 })).toEqual([]);
    expect(problems(union, { rows: [] })).toEqual([]);
    expect(problems(union, { status: 'PERHAPS' })).toEqual(['$.status "PERHAPS" is none of SUPPORTED']);
    expect(problems(union, { status: 'SUPPORTED' })).toEqual(['$.total is missing']);
  });

  it('never throws, whatever JSON it is given', () => {
    const shapes = [ROW, list(ROW, ['id']), map(ROW), either('status', { DONE: ROW })];
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.jsonValue(), (shape, value) => {
        expect(Array.isArray(violations(shape, value))).toBe(true);
      }),
    );
  });
});
