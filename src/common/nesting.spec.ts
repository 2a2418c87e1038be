import { nestsDeeperThan } from './nesting';

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;

describe('nestsDeeperThan', () => {
  it.each([
    ['a number', 1, 0],
    ['null', null, 0],
    ['an empty list', [], 1],
    ['a list of numbers', [1, 2], 1],
    ['an object in a list in an object', { a: [{ b: 1 }] }, 3],
    ['the deepest of several', [[], [[[]]], []], 4],
  ])('%s is %j, as deep as it looks', (_name, value, depth) => {
    expect(nestsDeeperThan(value, depth)).toBe(false);
    if (depth > 0) expect(nestsDeeperThan(value, depth - 1)).toBe(true);
  });

  it('answers for a value that recursion could not walk through', () => {
    expect(nestsDeeperThan(nested(200_000), 32)).toBe(true);
  });
});
